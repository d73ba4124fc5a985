// Radd is where a newsroom's readers reply to articles and its moderators decide
// what is published.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	// The newsroom's time zone, also on machines that know none.
	_ "time/tzdata"

	"radd/commands"
)

func main() { os.Exit(run()) }

// run lets the first interrupt end the command in good order; the second one ends
// the process at once.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return commands.Run(ctx, os.Args, os.Stdin, os.Stdout, os.Stderr, os.LookupEnv)
}
