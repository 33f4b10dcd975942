package main

import (
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) netCommand() *cobra.Command {
	return s.commandGroup("net", "The practice network on this computer", s.netUp(), s.netStatus(), s.netDown())
}

func (s *session) netUp() *cobra.Command {
	var replicas int
	cmd := &cobra.Command{
		Use: "up", Short: "Start the practice network in the background", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			status, err := a.PracticeUp(cmd.Context(), replicas, func(line string) { s.say("%s", line) })
			if err != nil {
				return err
			}
			return s.printPractice(status)
		},
	}
	cmd.Flags().IntVar(&replicas, "replicas", 5, "copies kept of every slice")
	return cmd
}

func (s *session) netStatus() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Tell whether the practice network runs", Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			return s.printPractice(a.PracticeStatus())
		},
	}
}

func (s *session) netDown() *cobra.Command {
	return &cobra.Command{
		Use: "down", Short: "Stop the practice network; its files stay", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			if err := a.PracticeDown(cmd.Context()); err != nil {
				return err
			}
			return s.printPractice(a.PracticeStatus())
		},
	}
}

func (s *session) printPractice(status app.PracticeStatus) error {
	if !status.Running {
		return s.print(status, "The practice network is not running.")
	}
	text := []string{
		"The practice network is running. Its files exist only on this computer.",
		"Chain    " + status.Network.RPC,
		"REST     " + status.Network.REST,
		"Faucet   " + status.Network.Faucet,
	}
	for _, g := range status.Network.Gateways {
		text = append(text, "Gateway  "+g.RPC)
	}
	return s.print(status, text...)
}
