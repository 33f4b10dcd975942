package folder

// Candidate is the n-th name that is tried for something.
var Candidate = candidate
