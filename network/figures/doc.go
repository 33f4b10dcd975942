// Package figures reads what a storage network publishes about itself, and
// keeps the figures of networks over time in one small file.
package figures
