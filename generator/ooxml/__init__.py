"""The Office file format, without templates: packages, parts and relationships, addresses, XML."""
