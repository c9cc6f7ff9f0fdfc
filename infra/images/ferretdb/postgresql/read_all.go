package postgresql

import (
	"github.com/FerretDB/FerretDB/internal/backends"
	"github.com/FerretDB/FerretDB/internal/types"
	"github.com/FerretDB/FerretDB/internal/util/iterator"
)

// readAll reads every document of an answer at once, which gives the connection to PostgreSQL back before another is asked for. Where each document
// is written while the connection that found it is kept, everything stands still for good once there are as many of them as the pool has connections:
// one command that updates 50 documents is enough.
func readAll(documents types.DocumentsIterator) (*backends.QueryResult, error) {
	read, err := iterator.ConsumeValues(documents)
	if err != nil {
		return nil, err
	}

	return &backends.QueryResult{Iter: iterator.Values(iterator.ForSlice(read))}, nil
}
