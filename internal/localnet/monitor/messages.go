package monitor

import "encoding/json"

// trafficInfo is the traffic of one sample, in bytes. The time has no zone.
type trafficInfo struct {
	Inbound  int64  `json:"traffic_inbound"`
	Outbound int64  `json:"traffic_outbound"`
	Time     string `json:"time_stamp"`
}

// onlineState tells since when, in unix seconds, the node is there.
type onlineState struct {
	Online bool  `json:"online"`
	Since  int64 `json:"since"`
}

// diskUsage is the bytes of files under the storage path.
type diskUsage struct {
	DataHost int64 `json:"data_host"`
}

type nodeDetails struct {
	ID      string `json:"id"` // always "1"
	Address string `json:"address"`
}

// notification is what subscribers get with each sample.
type notification struct {
	Traffic trafficInfo `json:"traffic_info"`
	Online  onlineState `json:"online_state"`
	Disk    diskUsage   `json:"disk_usage"`
}

// result answers a query. One of the members after the first two is there.
type result struct {
	Return      string        `json:"return"`
	MessageType string        `json:"message_type"`
	Traffic     []trafficInfo `json:"traffic_info,omitempty"`
	Online      *onlineState  `json:"online_state,omitempty"`
	Disk        *diskUsage    `json:"disk_usage,omitempty"`
	Node        *nodeDetails  `json:"node_details,omitempty"`
}

// Values of result.Return.
const (
	success = "0"
	noData  = "-1"
)

// queryParams are those of all queries; Lines is for traffic only.
type queryParams struct {
	SubID string `json:"subid"`
	Lines uint64 `json:"lines"`
}

// event is a message that answers no call.
type event struct {
	JSONRPC string      `json:"jsonrpc"`
	Method  string      `json:"method"`
	Params  eventParams `json:"params"`
}

type eventParams struct {
	Subscription string       `json:"subscription"`
	Result       notification `json:"result"`
}

// answer answers a call with Result.
type answer struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  any             `json:"result"`
}
