package gateway

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// reply is what came back.
type reply struct {
	status int
	kind   string
	header map[string][]string
	body   string // without the text of filedata
}

// compare compares our answer with the recorded one, and learns which ids of
// ours stand for which of theirs.
func (k *walker) compare(e exchange, r reply) {
	k.t.Helper()
	if r.status != e.Status {
		k.differ("status", fmt.Sprintf("%d, not %d", r.status, e.Status))
	}
	if e.Kind != nil && r.kind != *e.Kind {
		k.differ("content type", fmt.Sprintf("%q, not %q", r.kind, *e.Kind))
	}
	for name, want := range e.Header {
		if name != "Date" && !reflect.DeepEqual(r.header[name], want) {
			k.differ("header "+name, fmt.Sprintf("%q, not %q", r.header[name], want))
		}
	}
	if e.Response == nil {
		if r.body != e.Text {
			k.differ("body", fmt.Sprintf("%.200q, not %.200q", r.body, e.Text))
		}
		return
	}
	var want, got any
	must(k.t, json.Unmarshal(e.Response, &want))
	if err := json.Unmarshal([]byte(r.body), &got); err != nil {
		k.differ("body", fmt.Sprintf("%.200q: %v", r.body, err))
		return
	}
	k.learn(e, want, got)
	k.diff("", want, got)
}

// differ reports a difference, unless the table has it.
func (k *walker) differ(path, how string) {
	k.t.Helper()
	for _, d := range deviations {
		if (d.capture == "" || d.capture == k.capture && d.exchange == k.at) &&
			(d.path == "*" || path == d.path || strings.HasSuffix(path, "."+d.path)) {
			k.used[d] = true
			return
		}
	}
	k.t.Errorf("%s %d: %s: %s", k.capture, k.at, path, how)
}

// learn takes ids and numbers from an answer.
func (k *walker) learn(e exchange, want, got any) {
	theirs, ours := members(want), members(got)
	for _, id := range []string{"shareid", "reqid", "reqId"} {
		if from, ok := theirs[id].(string); ok {
			k.replace[from], _ = ours[id].(string)
		}
	}
	if sn, ok := theirs["sequencynumber"].(string); ok {
		var r struct{ Params []struct{ Walletaddr string } }
		if json.Unmarshal(e.Request, &r) == nil && len(r.Params) > 0 {
			k.sn[r.Params[0].Walletaddr] = sn
		}
	}
	if sn, ok := theirs["sequenceNumber"].(string); ok {
		k.sn[theirs["walletAddress"].(string)] = sn
	}
}

// members returns the members of the result of an answer, or of the answer.
func members(answer any) map[string]any {
	all, _ := answer.(map[string]any)
	if result, ok := all["result"].(map[string]any); ok {
		return result
	}
	return all
}

// diff compares members of objects, lengths of lists and values.
func (k *walker) diff(path string, want, got any) {
	k.t.Helper()
	switch want := want.(type) {
	case map[string]any:
		k.diffObject(path, want, got)
	case []any:
		k.diffList(path, want, got)
	case string:
		if got != any(k.replaced(want)) {
			k.differ(path, fmt.Sprintf("%.200q, not %.200q", got, k.replaced(want)))
		}
	default:
		if !reflect.DeepEqual(want, got) {
			k.differ(path, fmt.Sprintf("%v, not %v", got, want))
		}
	}
}

func (k *walker) diffObject(path string, want map[string]any, got any) {
	k.t.Helper()
	object, ok := got.(map[string]any)
	if !ok {
		k.differ(path, "no object")
		return
	}
	for member, v := range object {
		if _, ok := want[member]; !ok {
			k.differ(join(path, member), fmt.Sprintf("unexpected: %v", v))
		}
	}
	for member, v := range want {
		ours, ok := object[member]
		switch {
		case !ok:
			k.differ(join(path, member), "missing")
		case member == "filedata": // compared with the content
		default:
			k.diff(join(path, member), v, ours)
		}
	}
}

func join(path, member string) string {
	if path == "" {
		return member
	}
	return path + "." + member
}

func (k *walker) diffList(path string, want []any, got any) {
	k.t.Helper()
	list, ok := got.([]any)
	if !ok || len(list) != len(want) {
		k.differ(path, fmt.Sprintf("%v instead of %d entries", got, len(want)))
		return
	}
	for i := range want {
		at := k.place(want[i], list)
		if at < 0 {
			at = i
		}
		if at != i {
			k.differ(path+": order", fmt.Sprintf("entry %d is at %d", i, at))
		}
		k.diff(fmt.Sprintf("%s[%d]", path, i), want[i], list[at])
	}
}

// place finds the entry of the same file in a list of files.
func (k *walker) place(entry any, list []any) int {
	want, _ := entry.(map[string]any)
	hash, ok := want["filehash"].(string)
	if !ok {
		return -1
	}
	for i, v := range list {
		if ours, _ := v.(map[string]any); ours["filehash"] == any(k.replaced(hash)) {
			return i
		}
	}
	return -1
}
