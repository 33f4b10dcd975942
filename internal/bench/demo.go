package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// demoGroup reports how long each step of the demo takes.
func demoGroup(ctx context.Context, emit func(figure)) error {
	cmd := exec.CommandContext(ctx, "bin/stos", "demo", "--json")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("run the demo: %w", err)
	}
	var report struct {
		Seconds float64 `json:"seconds"`
		Steps   []struct {
			Name    string  `json:"name"`
			Seconds float64 `json:"seconds"`
		} `json:"steps"`
		FirstFrameMS float64 `json:"first_frame_ms"`
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return fmt.Errorf("read the demo's report: %w", err)
	}
	for _, s := range report.Steps {
		emit(figure{Name: "demo: " + strings.ToLower(s.Name), Unit: "s", Ours: s.Seconds})
	}
	emit(figure{Name: "demo: all", Unit: "s", Ours: report.Seconds})
	emit(figure{Name: "demo: first frame", Unit: "ms", Ours: report.FirstFrameMS})
	return nil
}
