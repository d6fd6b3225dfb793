-- Statistics are empty until the next ANALYZE, which of many posts comes by itself only days later.
ANALYZE outcry.mention;
