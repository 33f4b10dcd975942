package state

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// PutSynced stores a node that disk and network agree on.
func (t *sqlTx) PutSynced(n tree.Node) error {
	return t.put("synced", n.ID, encodeNode(tree.OnDisk{Node: n}))
}

// DropSynced forgets a node that was agreed on.
func (t *sqlTx) DropSynced(id tree.ID) error {
	return t.drop("synced", id)
}

// PutDisk stores what lies on the disk.
func (t *sqlTx) PutDisk(n tree.OnDisk) error {
	return t.put("disk", n.ID, encodeNode(n))
}

// DropDisk forgets what lay on the disk.
func (t *sqlTx) DropDisk(id tree.ID) error {
	return t.drop("disk", id)
}

// rowsAtOnce is how many nodes or blobs are stored by one statement: most of the
// time goes into each statement, not into each row.
const rowsAtOnce = 64

// put stores a node in a table, together with others that come after it.
func (t *sqlTx) put(table string, id tree.ID, body []byte) error {
	t.rows[table] = append(t.rows[table], id[:], body)
	if len(t.rows[table]) < 2*rowsAtOnce {
		return nil
	}
	return t.flush(table)
}

func (t *sqlTx) drop(table string, id tree.ID) error {
	if err := t.flush(table); err != nil { // the node may be among them
		return err
	}
	return t.exec("drop "+table, `DELETE FROM `+table+` WHERE id=?`, id[:])
}

// flush stores the nodes of a table that wait.
func (t *sqlTx) flush(table string) error {
	args := t.rows[table]
	if len(args) == 0 {
		return nil
	}
	t.rows[table] = nil
	more := strings.Repeat(`,(?,?)`, len(args)/2-1)
	return t.exec("put "+table, `INSERT OR REPLACE INTO `+table+`(id, body) VALUES(?,?)`+more, args...)
}

// Synced returns all nodes that disk and network agree on.
func (s *DB) Synced(ctx context.Context) (map[tree.ID]tree.Node, error) {
	out := map[tree.ID]tree.Node{}
	return out, s.nodes(ctx, `SELECT body FROM synced`, func(n tree.OnDisk) { out[n.ID] = n.Node })
}

// Disk returns all nodes that lie on the disk.
func (s *DB) Disk(ctx context.Context) (map[tree.ID]tree.OnDisk, error) {
	out := map[tree.ID]tree.OnDisk{}
	return out, s.nodes(ctx, `SELECT body FROM disk`, func(n tree.OnDisk) { out[n.ID] = n })
}

func (s *DB) nodes(ctx context.Context, query string, take func(tree.OnDisk)) error {
	rows, err := s.db.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("read nodes from state: %w", err)
	}
	defer rows.Close()
	for by := ""; rows.Next(); {
		var body sql.RawBytes // until the next row only
		if err := rows.Scan(&body); err != nil {
			return fmt.Errorf("read node from state: %w", err)
		}
		n, err := decodeNode(body)
		if err != nil {
			return err
		}
		if n.By == by {
			n.By = by // most are: then it lies in memory once
		}
		by = n.By
		take(n)
	}
	return rows.Err()
}

func encodeNode(n tree.OnDisk) []byte {
	var w codec.Writer
	w.Room(160 + len(n.Name) + len(n.Content) + len(n.By) + len(n.DiskName)) // more than the rest takes
	w.Head('N', 1)
	w.Fixed(n.ID[:])
	w.Fixed(n.Parent[:])
	w.Text(n.Name)
	w.Fixed([]byte{byte(n.Kind)})
	w.Uint(uint64(n.Mode))
	w.Int(n.MTime)
	w.Uint(uint64(n.Size))
	w.Text(n.Content)
	w.Text(n.By)
	w.Uint(uint64(n.Stat.Size))
	w.Int(n.Stat.MTime)
	w.Uint(n.Stat.Inode)
	w.Uint(n.Stat.Dev)
	w.Uint(uint64(n.Stat.Mode))
	w.Text(n.DiskName)
	return w.Bytes()
}

func decodeNode(p []byte) (tree.OnDisk, error) {
	r := codec.NewReader(p)
	r.Head('N', 1)
	var n tree.OnDisk
	copy(n.ID[:], r.Fixed(16))
	copy(n.Parent[:], r.Fixed(16))
	n.Name = r.Text(tree.MaxName)
	n.Kind = tree.Kind(r.Fixed(1)[0])
	n.Mode = uint32(r.Uint())
	n.MTime = r.Int()
	n.Size = int64(r.Uint())
	n.Content = string(r.Blob())
	n.By = r.Text(1 << 16)
	n.Stat = tree.Stat{Size: int64(r.Uint()), MTime: r.Int(), Inode: r.Uint(), Dev: r.Uint(), Mode: uint32(r.Uint())}
	n.DiskName = string(r.Blob())
	if err := r.End(); err != nil {
		return tree.OnDisk{}, fmt.Errorf("read node from state: %w", err)
	}
	return n, nil
}
