// Command ferretdb serves MongoDB's protocol on port 27017, with the PostgreSQL of the same container behind it.
package main

import (
	"context"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

const behind = "postgres://ferretdb@127.0.0.1:5432/ferretdb?pool_max_conns=50"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	server, err := ferretdb.New(&ferretdb.Config{
		Listener:      ferretdb.ListenerConfig{TCP: ":27017"},
		Handler:       "postgresql",
		PostgreSQLURL: behind,
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Run(ctx); err != nil {
		log.Fatal(err)
	}
}
