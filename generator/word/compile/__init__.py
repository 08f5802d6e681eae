"""A Word template compiled: its parts marked, their tags lifted to their hosts, the Jinja source made."""
