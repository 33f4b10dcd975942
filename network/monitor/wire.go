package monitor

import (
	"encoding/json"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// Methods of the socket.
const (
	subscribe = "monitor_subscribe"
	notified  = "monitor_subscription"
	disk      = "monitor_getDiskUsage"
	online    = "monitor_getOnlineState"
	details   = "monitor_getNodeDetails"
	traffic   = "monitor_getTrafficData"
)

// Words of the two refusals that decide what is done next.
const (
	badToken  = "failed token check"
	unknownID = "client hasn't subscribed to the service"
)

// maxMessage is the largest message that a node sends, in bytes.
const maxMessage = 15 << 20

// stampLayout is how a node writes its local time, without a zone.
const stampLayout = "2006-01-02 15:04:05"

type trafficInfo struct {
	In   int64  `json:"traffic_inbound"`
	Out  int64  `json:"traffic_outbound"`
	Time string `json:"time_stamp"`
}

// stamp is the time in the node's own zone, for comparing only.
func (t trafficInfo) stamp() (time.Time, bool) {
	at, err := time.Parse(stampLayout, t.Time)
	return at, err == nil
}

type onlineState struct {
	Online bool  `json:"online"`
	Since  int64 `json:"since"` // unix seconds, 0 when offline
}

type diskUsage struct {
	Bytes int64 `json:"data_host"`
}

// notice is what a node tells about every sample.
type notice struct {
	Traffic trafficInfo `json:"traffic_info"`
	Online  onlineState `json:"online_state"`
	Disk    diskUsage   `json:"disk_usage"`
}

// answer is the result of a question. Return is "0", or "-1" when there is
// nothing.
type answer struct {
	Return  string        `json:"return"`
	Traffic []trafficInfo `json:"traffic_info"`
	Online  onlineState   `json:"online_state"`
	Disk    diskUsage     `json:"disk_usage"`
	Node    struct {
		Address string `json:"address"`
	} `json:"node_details"`
}

// message is whatever a node sends: an answer, which has an id, or a notice.
type message struct {
	ID     *uint64         `json:"id"`
	Method string          `json:"method"`
	Result json.RawMessage `json:"result"`
	Error  *wire.RPCError  `json:"error"`
	Params struct {
		Subscription string `json:"subscription"`
		Result       notice `json:"result"`
	} `json:"params"`
}
