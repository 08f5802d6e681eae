"""What both engines share: the Jinja environment, its code generator, tags, faults with their places."""
