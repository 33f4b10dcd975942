package monitor

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Figures are values for Prometheus that somebody else counts.
type Figures struct {
	Slices    int64            // that lie on the node
	Uploads   int64            // going on
	Downloads int64            // going on
	Calls     map[string]int64 // RPC requests so far, by method
}

// metrics is what /metrics shows: the names and labels of the reference, which
// are gauges all of them. The two profilers have no values: they come from a
// switch of the reference's terminal.
type metrics struct {
	registry *prometheus.Registry
	figures  func() Figures
	opponent string

	inbound, outbound, tasks, slices, calls *prometheus.GaugeVec
}

func newMetrics(c Config) *metrics {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	gauge := func(name, label, help string) *prometheus.GaugeVec {
		g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, []string{label})
		r.MustRegister(g)
		return g
	}
	m := &metrics{
		registry: r, figures: c.Figures, opponent: c.Opponent,
		inbound:  gauge("pp_inbound_speed", "opponent_p2p_address", "bytes of slices taken in, per millisecond"),
		outbound: gauge("pp_outbound_speed", "opponent_p2p_address", "bytes of slices given out, per millisecond"),
		tasks:    gauge("pp_task_cnt", "task_cnt", "uploads and downloads going on"),
		slices:   gauge("pp_stored_slices_cnt", "stored_slices_cnt", "slices that lie on the node"),
		calls:    gauge("pp_rpc_req_cnt", "rpc_req_cnt", "RPC requests so far"),
	}
	gauge("file_upload_profiler", "checkpoint", "time of the steps of an upload")
	gauge("file_download_profiler", "checkpoint", "time of the steps of a download")
	m.speed(sample{}, DefaultInterval)
	return m
}

// speed shows the traffic of a sample that took so long.
func (m *metrics) speed(s sample, took time.Duration) {
	ms := float64(took) / float64(time.Millisecond)
	m.inbound.WithLabelValues(m.opponent).Set(float64(s.in) / ms)
	m.outbound.WithLabelValues(m.opponent).Set(float64(s.out) / ms)
}

// handler serves GET /metrics with the figures of that moment.
func (m *metrics) handler() http.Handler {
	inner := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		f := m.figures()
		m.slices.WithLabelValues("upload").Set(float64(f.Slices))
		m.tasks.WithLabelValues("upload").Set(float64(f.Uploads))
		m.tasks.WithLabelValues("download").Set(float64(f.Downloads))
		for method, count := range f.Calls {
			m.calls.WithLabelValues(method).Set(float64(count))
		}
		inner.ServeHTTP(w, r)
	})
	return mux
}
