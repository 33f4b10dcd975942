// Package fetch decides what of a video is fetched, when and from where. It
// has no clock, no goroutines and no network: a [Scheduler] is told what
// happens (a reader waits, bytes arrived, a fetch failed) with the time at
// which it happened, and answers with orders (fetch this part from that
// gateway, cancel that fetch). The same events give the same orders, so hours
// of playing are simulated in a second.
//
// What it promises:
//
//   - What a reader waits for is fetched before anything else; nothing is begun
//     ahead while that has not come through.
//   - Ahead of the reader comes a window whose length follows from how much
//     faster the network is than the video. It opens only as the reader goes
//     on, and nothing beyond it is begun: who stops, or jumps, has paid for what
//     was watched and one window.
//   - A fetch from which nothing comes is asked for once more, from another
//     gateway if there is one: soon if the picture is about to stand still, late
//     if there is time. Whoever is first wins.
//   - A gateway that failed stands back behind the others for a while.
//   - A part that cannot be had is given up after somebody waited for it for
//     [Patience], or when every gateway refused it, not before.
//   - Where one is fetched for a reader, no more than [Options.Parallel] others
//     go on, however often somebody jumps.
package fetch
