package house

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// workflow is the part of a workflow file of the public host that decides what
// it may do.
type workflow struct {
	On          yaml.Node
	Permissions map[string]string
	Jobs        map[string]workflowJob
}

type workflowJob struct {
	Permissions    map[string]string
	Env            map[string]string
	TimeoutMinutes int `yaml:"timeout-minutes"`
	Steps          []workflowStep
}

type workflowStep struct {
	Uses yaml.Node
	Run  string
	With map[string]string
}

// mayWrite lists the jobs that get more than reading, and what for.
var mayWrite = map[string]map[string]string{
	"release.yml/publish": {"contents": "write"},
}

var (
	pinned  = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	version = regexp.MustCompile(`^# v\d+\.\d+\.\d+$`)
	making  = regexp.MustCompile(`(?m)(?:^|\s)make ([a-z-]+)`)
	script  = regexp.MustCompile(`packaging/[\w/.-]+\.sh`)
)

// TestWorkflows reads the files that the public host obeys.
func TestWorkflows(t *testing.T) {
	files, err := filepath.Glob("../../.github/workflows/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no workflows: %v", err)
	}
	targets := makeTargets(t)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, wrong := range judgeWorkflow(filepath.Base(file), raw) {
			t.Errorf("%s: %s", filepath.Base(file), wrong)
		}
		for _, found := range making.FindAllStringSubmatch(string(raw), -1) {
			if !slices.Contains(targets, found[1]) {
				t.Errorf("%s makes %q, which is no target of the Makefile", filepath.Base(file), found[1])
			}
		}
		for _, path := range script.FindAllString(string(raw), -1) {
			if info, err := os.Stat(filepath.Join("../..", path)); err != nil || info.Mode()&0o100 == 0 {
				t.Errorf("%s runs %s, which cannot be run: %v", filepath.Base(file), path, err)
			}
		}
	}
}

// TestWorkflowRulesRefuse makes sure that the rules can fail.
func TestWorkflowRulesRefuse(t *testing.T) {
	const good = `
on: {push: {branches: [main]}, pull_request: }
permissions: {contents: read}
jobs:
  a:
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1
        with: {persist-credentials: false}
      - run: make test
`
	if wrong := judgeWorkflow("a.yml", []byte(good)); len(wrong) != 0 {
		t.Fatalf("a good workflow is refused: %v", wrong)
	}
	for from, to := range map[string]string{
		"@8e8c483db84b4bee98b60c0593521ed34d9990e8": "@v6",
		" # v6.0.1":                     "",
		"contents: read":                "contents: write",
		"permissions: {contents: read}": "permissions: {}\nname: x",
		"timeout-minutes: 5":            "permissions: {packages: write}\n    timeout-minutes: 5",
		"    timeout-minutes: 5\n":      "",
		"pull_request:":                 "pull_request_target:",
		"credentials: false":            "credentials: true",
		"make test":                     "echo ${{ secrets.KEY }}",
		"run: make test":                "run: echo ${{ github.head_ref }}",
	} {
		if bad := strings.Replace(good, from, to, 1); bad == good || len(judgeWorkflow("a.yml", []byte(bad))) == 0 {
			t.Errorf("%q in the place of %q is let through", to, from)
		}
	}
}

// TestReleasesNeedTwoKeys looks at what makes a release: the programs are built
// with the keys that they believe, the host signs with one, and somebody else
// has to sign before anything is published.
func TestReleasesNeedTwoKeys(t *testing.T) {
	raw, err := os.ReadFile("../../.github/workflows/release.yml")
	if err != nil {
		t.Fatal(err)
	}
	var w workflow
	if err := yaml.Unmarshal(raw, &w); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"packages": "${{ vars.UPDATE_KEYS }}", "macos": "${{ vars.UPDATE_KEYS }}", "publish": ""} {
		if got := w.Jobs[id].Env["UPDATE_KEYS"]; got != want {
			t.Errorf("job %s has the keys %q, want %q", id, got, want)
		}
	}
	if text := string(raw); strings.Count(text, "gh release ") != 1 || !strings.Contains(text, "gh release create \"$GITHUB_REF_NAME\" --draft ") {
		t.Error("a release is published before a second key has signed")
	}
}

// judgeWorkflow returns what is wrong with a workflow file.
func judgeWorkflow(name string, raw []byte) (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	var w workflow
	if err := yaml.Unmarshal(raw, &w); err != nil {
		return []string{err.Error()}
	}
	if !maps.Equal(w.Permissions, map[string]string{"contents": "read"}) {
		say("permissions are %v, want contents: read and no more", w.Permissions)
	}
	events := triggers(w.On)
	if slices.Contains(events, "pull_request_target") || slices.Contains(events, "workflow_run") {
		say("%v hands the rights of the project to what others wrote", events)
	}
	if slices.Contains(events, "pull_request") && strings.Contains(string(raw), "secrets.") {
		say("a pull request must not see a secret")
	}
	for id, job := range w.Jobs {
		if job.TimeoutMinutes == 0 {
			say("job %s has no timeout-minutes", id)
		}
		if job.Permissions != nil && !maps.Equal(job.Permissions, mayWrite[name+"/"+id]) {
			say("job %s takes %v", id, job.Permissions)
		}
		for _, step := range job.Steps {
			wrong = append(wrong, judgeStep(step)...)
		}
	}
	return wrong
}

// judgeStep looks at one step. What the host puts into a script as text is
// code there, so that it must come by the environment.
func judgeStep(s workflowStep) (wrong []string) {
	if strings.Contains(s.Run, "${{") {
		wrong = append(wrong, "this script is put together by the host: "+s.Run)
	}
	uses := s.Uses.Value
	if uses == "" {
		return wrong
	}
	if !pinned.MatchString(uses) {
		wrong = append(wrong, uses+" is not pinned by the hash of a commit")
	}
	if !version.MatchString(s.Uses.LineComment) {
		wrong = append(wrong, uses+" does not say its version in a comment")
	}
	if strings.HasPrefix(uses, "actions/checkout@") && s.With["persist-credentials"] != "false" {
		wrong = append(wrong, "a checkout leaves its token behind")
	}
	return wrong
}

// triggers are the names of the events that start a workflow.
func triggers(on yaml.Node) []string {
	var names []string
	switch on.Kind {
	case yaml.ScalarNode:
		names = append(names, on.Value)
	case yaml.SequenceNode:
		for _, n := range on.Content {
			names = append(names, n.Value)
		}
	case yaml.MappingNode:
		for i := 0; i < len(on.Content); i += 2 {
			names = append(names, on.Content[i].Value)
		}
	}
	return names
}

func makeTargets(t *testing.T) []string {
	t.Helper()
	raw, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, found := range regexp.MustCompile(`(?m)^([a-z-]+):`).FindAllStringSubmatch(string(raw), -1) {
		names = append(names, found[1])
	}
	return names
}
