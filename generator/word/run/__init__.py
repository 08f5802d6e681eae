"""One render of a Word template: how values print, and what they add to the document."""
