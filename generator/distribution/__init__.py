"""What travels between a bureau and its departments: packages, installed standards, next year's data, summaries."""
