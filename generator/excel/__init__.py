"""Excel: workbooks with Jinja tags, rendered by patching what the tags touch."""
