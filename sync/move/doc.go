// Package move copies a drive to another network or another key, with its kept
// past and its settings. It reads one drive and writes another; neither knows
// of it. Nodes keep their ids. Chunks and commits get those of the new key.
//
// A copy that was cut off is gone on with: nothing that was fully sent is sent
// again, and the new drive is not seen by anyone before all of it is there.
package move
