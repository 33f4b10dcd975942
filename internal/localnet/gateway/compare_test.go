package gateway

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// compare compares our answer with the recorded one, and learns which ids of
// ours stand for which of theirs.
func (k *walker) compare(at string, e exchange, raw string) {
	var want, got any
	must(k.t, json.Unmarshal(e.Response, &want))
	if err := json.Unmarshal([]byte(raw), &got); err != nil {
		k.t.Errorf("%s: %q: %v", at, raw, err)
		return
	}
	k.learn(e, got)
	if diff := k.diff(want, got); diff != "" {
		k.t.Errorf("%s: %s\n got %.400s\nwant %.400s", at, diff, raw, e.Response)
	}
}

func (k *walker) learn(e exchange, got any) {
	var theirs, ours struct{ Result map[string]any }
	raw, err := json.Marshal(got)
	must(k.t, err)
	if json.Unmarshal(e.Response, &theirs) != nil || json.Unmarshal(raw, &ours) != nil {
		return
	}
	for _, member := range []string{"shareid", "reqid"} {
		if from, ok := theirs.Result[member].(string); ok {
			k.replace[from], _ = ours.Result[member].(string)
		}
	}
	var r struct {
		Method string
		Params []struct{ Walletaddr string }
	}
	if sn, ok := theirs.Result["sequencynumber"].(string); ok && json.Unmarshal(e.Request, &r) == nil {
		k.sn[r.Params[0].Walletaddr] = sn
	}
	var all struct{ Result wire.Result }
	if json.Unmarshal(raw, &all) != nil {
		return
	}
	if _, _, ok := all.Result.Range(); ok {
		k.answer = all.Result
	}
}

// free are members whose values are ours.
var free = map[string]bool{
	"ozone": true, "sequencynumber": true, "filedata": true, "createtime": true, "linktime": true, "replicas": true,
}

// diff compares members of objects, lengths of lists and values.
func (k *walker) diff(want, got any) string {
	switch want := want.(type) {
	case map[string]any:
		got, ok := got.(map[string]any)
		if !ok {
			return "no object"
		}
		for member := range got {
			if _, ok := want[member]; !ok {
				return "unexpected member " + member
			}
		}
		for member, v := range want {
			if d := k.diffMember(member, v, got); d != "" {
				return member + ": " + d
			}
		}
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) != len(want) {
			return "another length"
		}
		for i := range want {
			if d := k.diff(want[i], got[i]); d != "" {
				return fmt.Sprintf("[%d]: %s", i, d)
			}
		}
	case string:
		if got != any(k.replaced(want)) {
			return fmt.Sprintf("%q, not %q", got, k.replaced(want))
		}
	default:
		if !reflect.DeepEqual(want, got) {
			return fmt.Sprintf("%v, not %v", got, want)
		}
	}
	return ""
}

func (k *walker) diffMember(member string, want any, got map[string]any) string {
	v, ok := got[member]
	switch {
	case !ok:
		return "missing"
	case free[member]:
		return ""
	}
	return k.diff(want, v)
}
