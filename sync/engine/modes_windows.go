package engine

// keepsModes says that the disk does not know who may read and run a file.
const keepsModes = false
