"""The wording of every finding, one file a room, in Chinese and English."""
