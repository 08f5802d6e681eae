"""All that holds an address follows the cells that a render moved."""
