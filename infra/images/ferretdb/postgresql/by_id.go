package postgresql

import (
	"fmt"

	"github.com/FerretDB/FerretDB/internal/backends/postgresql/metadata"
	"github.com/FerretDB/FerretDB/internal/handler/sjson"
	"github.com/FerretDB/FerretDB/internal/types"
	"github.com/FerretDB/FerretDB/internal/util/must"
)

// byID finds a document by the index of ids. The condition that stands for equality otherwise, that one value contains another, has no index, so that
// each look at one document reads the whole collection.
func byID(p *metadata.Placeholder, id any) (string, []any) {
	return fmt.Sprintf(`%s = %s`, metadata.IDColumn, p.Next()), []any{string(must.NotFail(sjson.MarshalSingleValue(id)))}
}

// amongIDs finds documents by the index of ids, where the condition is of ids that are strings; otherwise it leaves the condition to who called.
func amongIDs(p *metadata.Placeholder, key string, among any) (string, []any) {
	array, ok := among.(*types.Array)
	if key != "_id" || !ok {
		return "", nil
	}

	ids := make([]string, array.Len())

	for i := range ids {
		id, ok := must.NotFail(array.Get(i)).(string)
		if !ok {
			return "", nil
		}

		ids[i] = string(must.NotFail(sjson.MarshalSingleValue(id)))
	}

	return fmt.Sprintf(`%s = ANY(%s::text[]::jsonb[])`, metadata.IDColumn, p.Next()), []any{ids}
}
