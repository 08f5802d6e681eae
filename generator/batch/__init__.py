"""Many data files: rendered by one process, by workers or by somebody's executor; continued after a break."""
