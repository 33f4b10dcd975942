package app

import (
	"context"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/node"
)

// NodeRules reads the network's rules for nodes.
func (a *App) NodeRules(ctx context.Context) (NodeRules, error) {
	c, err := a.chain()
	if err != nil {
		return NodeRules{}, err
	}
	r, err := node.ReadRules(ctx, c)
	return NodeRules{Open: r.Open, MinDeposit: r.MinDeposit, Waiting: r.Completion, MinAge: r.Threshold}, err
}

// PreviewNode simulates what an owner wants to do with a node. Nothing is
// signed or sent.
func (a *App) PreviewNode(ctx context.Context, want NodeOrder) (TxPreview, error) {
	c, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	k := keeper{app: a, self: info.Address}
	if k.rules, err = node.ReadRules(ctx, c); err != nil {
		return TxPreview{}, err
	}
	var o order
	switch want.Kind {
	case NodeRegister:
		o, err = k.register(ctx, c, want)
	case NodeUpdate, NodeDeposit, NodeRemove:
		var n node.Node
		if n, err = k.own(ctx, c, want.Node); err == nil {
			o, err = k.change(n, want)
		}
	default:
		err = fault.Wrong(nil, "A node cannot be asked to %q.", string(want.Kind))
	}
	if err != nil {
		return TxPreview{}, err
	}
	return a.preview(ctx, o)
}

// keeper makes orders for an owner of nodes.
type keeper struct {
	app   *App
	self  stratos.Address
	rules node.Rules
}

// own finds a node of the wallet by its address or name.
func (k keeper) own(ctx context.Context, c *chain.Client, text string) (node.Node, error) {
	list, err := node.Owned(ctx, c, k.self)
	if err != nil {
		return node.Node{}, err
	}
	named := func(n node.Node) bool { return n.Address.String() == text || n.Description.Moniker == text }
	i := slices.IndexFunc(list, named)
	if i < 0 {
		return node.Node{}, fault.Wrong(nil, "This wallet owns no node %q. Nothing was sent; see the list of nodes.", text)
	}
	if slices.IndexFunc(list[i+1:], named) >= 0 {
		return node.Node{}, fault.Wrong(nil, "Several nodes are called %q. Nothing was sent; name the one that is meant by its address.", text)
	}
	return list[i], nil
}

func (k keeper) change(n node.Node, want NodeOrder) (order, error) {
	if n.State == node.Unbonding || n.State == node.Gone {
		return order{}, fault.Wrong(nil, "%s was given up. Its deposit is on its way back, and nothing about it can be changed. Nothing was sent.", nodeName(n))
	}
	switch want.Kind {
	case NodeUpdate:
		return k.update(n, want)
	case NodeDeposit:
		return k.deposit(n, want)
	}
	return k.remove(n), nil
}

// nodeName is what people call a node.
func nodeName(n node.Node) string {
	if n.Description.Moniker != "" {
		return n.Description.Moniker
	}
	return n.Address.String()
}

// set puts what was given over what was there.
func set(what *string, given *string) {
	if given != nil {
		*what = *given
	}
}

func (b NodeAbout) over(d message.Description) message.Description {
	set(&d.Moniker, b.Name)
	set(&d.Website, b.Website)
	set(&d.Contact, b.Contact)
	set(&d.Details, b.Details)
	return d
}

// paidTo is who gets the rewards of a node.
func (k keeper) paidTo(given *string, before stratos.Address) (stratos.Address, error) {
	if given == nil || *given == "" {
		return before, nil
	}
	return k.app.payee(*given)
}

func (k keeper) register(ctx context.Context, c *chain.Client, want NodeOrder) (order, error) {
	key, err := node.ParseKey(want.Node)
	if err != nil {
		return order{}, err
	}
	address := stratos.NodeAddressOf(key)
	if _, err := node.Read(ctx, c, address); err == nil {
		return order{}, fault.Wrong(nil, "This node is registered already. Nothing was sent.")
	}
	value, err := amountOf(want.Amount)
	if err != nil {
		return order{}, err
	}
	switch {
	case !k.rules.Open:
		return order{}, fault.Say(nil, "This network takes no new nodes at the moment. Nothing was sent.")
	case value.Cmp(k.rules.MinDeposit) < 0:
		return order{}, fault.Wrong(nil, "The deposit of a node is at least %s. Nothing was sent.", stos(k.rules.MinDeposit))
	}
	paid, err := k.paidTo(want.About.PaidTo, k.self)
	if err != nil {
		return order{}, err
	}
	m := message.CreateNode{
		Owner: k.self, Beneficiary: paid, Node: address, Key: key, Deposit: value,
		Description: want.About.over(message.Description{}), Kinds: message.Storage,
	}
	return order{
		message: m, title: said("Register %s with %s", m.Description.Moniker, stos(value)),
		lines:    told(PreviewLine{"Node", fault.Value(address.String())}, PreviewLine{"Deposit", coins(value)}, PreviewLine{"Rewards go to", fault.Value(paid.String())}),
		warnings: []fault.Words{fault.Tell("The network has to activate the node before it earns."), k.stays()},
	}, nil
}

// stays says for how long a deposit stays.
func (k keeper) stays() fault.Words {
	wait, age := fault.Span(k.rules.Completion), fault.Span(k.rules.Threshold)
	if k.rules.Threshold > k.rules.Completion {
		return fault.Tell("The deposit comes back %s after the node is given up, and not before the node is %s old.", wait, age)
	}
	return fault.Tell("The deposit comes back %s after the node is given up.", wait)
}

func (k keeper) update(n node.Node, want NodeOrder) (order, error) {
	paid, err := k.paidTo(want.About.PaidTo, n.PaidTo)
	if err != nil {
		return order{}, err
	}
	m := message.UpdateNode{Owner: k.self, Beneficiary: paid, Node: n.Address, Description: want.About.over(n.Description), Kinds: n.Kinds}
	if m.Description == n.Description && paid == n.PaidTo {
		return order{}, fault.Wrong(nil, "Nothing about %s would change. Nothing was sent.", nodeName(n))
	}
	o := order{message: m, title: said("Change %s", nodeName(n))}
	lines := []PreviewLine{{"Node", fault.Value(n.Address.String())}}
	for _, part := range []struct {
		after  PreviewLine
		before string
	}{
		{PreviewLine{"Name", fault.Value(m.Description.Moniker)}, n.Description.Moniker},
		{PreviewLine{"Website", fault.Value(m.Description.Website)}, n.Description.Website},
		{PreviewLine{"Contact", fault.Value(m.Description.Contact)}, n.Description.Contact},
		{PreviewLine{"Details", fault.Value(m.Description.Details)}, n.Description.Details},
		{PreviewLine{"Rewards go to", fault.Value(paid.String())}, n.PaidTo.String()},
	} {
		if part.before != part.after.Value.String() {
			lines = append(lines, part.after)
		}
	}
	o.lines = told(lines...)
	if paid != n.PaidTo && paid != k.self {
		o.warnings = []fault.Words{fault.Tell("What this node earns goes to that address from now on, whoever has it.")}
	}
	return o, nil
}

func (k keeper) deposit(n node.Node, want NodeOrder) (order, error) {
	add := func(value stratos.Amount) message.Message {
		return message.AddNodeDeposit{Owner: k.self, Node: n.Address, Amount: value}
	}
	o := order{
		title: func(p chain.Preview) fault.Words {
			return fault.Tell("Add %s to %s", stos(p.Message.Spends()), nodeName(n))
		},
		lines: func(p chain.Preview) []PreviewLine {
			return []PreviewLine{
				{"Node", fault.Value(n.Address.String())},
				{"Amount", coins(p.Message.Spends())},
				{"Deposit afterwards", coins(n.Deposit.Add(p.Message.Spends()))},
			}
		},
		warnings: []fault.Words{fault.Tell("A deposit can only grow. It comes back as a whole when the node is given up.")},
	}
	if isEverything(want.Amount) {
		o.all = add
		return o, nil
	}
	value, err := amountOf(want.Amount)
	o.message = add(value)
	return o, err
}

func (k keeper) remove(n node.Node) order {
	back := k.rules.Back(n.Created, time.Now())
	return order{
		message: message.RemoveNode{Owner: k.self, Node: n.Address},
		title:   said("Give up %s", nodeName(n)),
		lines: told(
			PreviewLine{"Node", fault.Value(n.Address.String())}, PreviewLine{"Deposit", coins(n.Deposit)},
			PreviewLine{"Back about", fault.Value(day(back))},
		),
		warnings: []fault.Words{fault.Tell("It earns nothing from now on, and giving it up cannot be undone. Rewards that it earned stay yours.")},
	}
}

// PreviewWithdraw simulates taking out mature rewards of nodes, or all of them
// for "max", to an address or a name of the address book; an empty one is the
// wallet itself.
func (a *App) PreviewWithdraw(ctx context.Context, amount, to string) (TxPreview, error) {
	c, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	o := order{}
	target := info.Address
	if to != "" {
		if target, err = a.payee(to); err != nil {
			return TxPreview{}, err
		}
	}
	if target != info.Address {
		if o.warnings, err = a.payWarnings(ctx, target, ""); err != nil {
			return TxPreview{}, err
		}
	}
	rewards, err := node.ReadRewards(ctx, c, info.Address)
	if err != nil {
		return TxPreview{}, err
	}
	value := rewards.Mature
	if !isEverything(amount) {
		if value, err = amountOf(amount); err != nil {
			return TxPreview{}, err
		}
	}
	if value.IsZero() || value.Cmp(rewards.Mature) > 0 {
		return TxPreview{}, fault.Wrong(nil, "Only %s of node rewards can be taken out now. Nothing was sent.", stos(rewards.Mature))
	}
	o.message = message.Withdraw{Wallet: info.Address, Target: target, Amount: value}
	o.title = said("Take out %s of node rewards", stos(value))
	o.lines = told(PreviewLine{"Amount", coins(value)}, PreviewLine{"To", fault.Value(target.String())})
	return a.preview(ctx, o)
}
