// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"encoding/json"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// Config is a configuration block. Arguments that are not in it are null. Values have the types of encoding/json. Unknown
// means a value that is known after apply.
type Config map[string]any

// With returns the configuration with some arguments changed. nil removes an argument.
func (c Config) With(changes Config) Config {
	changed := maps.Clone(c)
	maps.Copy(changed, changes)
	return changed
}

// Unknown is a value that Terraform does not know during plan.
const Unknown = "\x00unknown"

// Server calls a provider through the plugin protocol, without Terraform.
type Server struct {
	server tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse
}

// NewServer starts a provider. Its time is always Now, unless options set another clock.
func NewServer(t testing.TB, options ...provider.Option) *Server {
	t.Helper()
	server, err := Factories(options...)["edgestats"]()
	if err != nil {
		t.Fatal(err)
	}
	return Connect(t, server)
}

// Connect returns a Server for an existing provider.
func Connect(t testing.TB, server tfprotov6.ProviderServer) *Server {
	t.Helper()
	schema, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return &Server{server: server, schema: schema}
}

// DataSources returns the names of all data sources, in alphabetical order.
func (s *Server) DataSources() []string {
	return slices.Sorted(maps.Keys(s.schema.DataSourceSchemas))
}

// Configure validates and configures the provider and returns its errors and warnings.
func (s *Server) Configure(t testing.TB, c Config) Problems {
	t.Helper()
	config := dynamic(t, c, s.schema.Provider.ValueType())
	validated, err := s.server.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: config})
	if err != nil {
		t.Fatal(err)
	}
	if len(validated.Diagnostics) > 0 {
		return validated.Diagnostics
	}
	configured, err := s.server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.11.4", Config: config,
	})
	if err != nil {
		t.Fatal(err)
	}
	return configured.Diagnostics
}

// Validate validates a data source's configuration, as Terraform does before a plan, and returns the errors and warnings.
func (s *Server) Validate(t testing.TB, dataSource string, c Config) Problems {
	t.Helper()
	validated, err := s.server.ValidateDataResourceConfig(t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: dataSource, Config: dynamic(t, c, s.typeOf(t, dataSource)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return validated.Diagnostics
}

// Read validates and reads a data source. If there is a state, the problems are warnings.
func (s *Server) Read(ctx context.Context, t testing.TB, dataSource string, c Config) (State, Problems) {
	t.Helper()
	if problems := s.Validate(t, dataSource, c); len(problems) > 0 {
		return nil, problems
	}
	read, err := s.server.ReadDataSource(ctx, s.Request(t, dataSource, c))
	if err != nil {
		t.Fatal(err)
	}
	if Problems(read.Diagnostics).HasErrors() {
		return nil, read.Diagnostics
	}
	value, err := read.State.Unmarshal(s.typeOf(t, dataSource))
	if err != nil {
		t.Fatal(err)
	}
	state := State{}
	state.flatten(t, "", value)
	return state, read.Diagnostics
}

// Request returns the request that Terraform sends to read a data source.
func (s *Server) Request(t testing.TB, dataSource string, c Config) *tfprotov6.ReadDataSourceRequest {
	t.Helper()
	return &tfprotov6.ReadDataSourceRequest{TypeName: dataSource, Config: dynamic(t, c, s.typeOf(t, dataSource))}
}

func (s *Server) typeOf(t testing.TB, dataSource string) tftypes.Type {
	t.Helper()
	schema, ok := s.schema.DataSourceSchemas[dataSource]
	if !ok {
		t.Fatalf("there is no data source %s", dataSource)
	}
	return schema.ValueType()
}

// MustRead configures a provider from the environment and reads a data source. It fails the test if there are errors or
// warnings.
func MustRead(t *testing.T, dataSource string, c Config, options ...provider.Option) State {
	t.Helper()
	s := NewServer(t, options...)
	if problems := s.Configure(t, nil); len(problems) > 0 {
		t.Fatal(problems)
	}
	state, problems := s.Read(t.Context(), t, dataSource, c)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return state
}

// State is the flattened state of a data source, with keys such as "summary.total", "summary.percentiles.99.9" and
// "net_details.0.current". Null values are absent. The length of a list has a key such as "net_details.#". Numbers are in
// plain decimal notation.
type State map[string]string

// Without returns the state without the given attributes and all below them.
func (s State) Without(names ...string) State {
	rest := maps.Clone(s)
	maps.DeleteFunc(rest, func(key, _ string) bool {
		for _, name := range names {
			if key == name || strings.HasPrefix(key, name+".") {
				return true
			}
		}
		return false
	})
	return rest
}

func (s State) flatten(t testing.TB, key string, v tftypes.Value) {
	t.Helper()
	if v.IsNull() {
		return
	}
	in := func(name string) string { return strings.TrimPrefix(key+"."+name, ".") }
	switch typ := v.Type(); {
	case typ.Is(tftypes.Object{}), typ.Is(tftypes.Map{}):
		var members map[string]tftypes.Value
		must(t, v.As(&members))
		for name, member := range members {
			s.flatten(t, in(name), member)
		}
	case typ.Is(tftypes.List{}):
		var elements []tftypes.Value
		must(t, v.As(&elements))
		s[in("#")] = strconv.Itoa(len(elements))
		for i, element := range elements {
			s.flatten(t, in(strconv.Itoa(i)), element)
		}
	case typ.Is(tftypes.Number):
		n := new(big.Float)
		must(t, v.As(&n))
		s[key] = n.Text('f', -1)
	case typ.Is(tftypes.Bool):
		var b bool
		must(t, v.As(&b))
		s[key] = strconv.FormatBool(b)
	default:
		var text string
		must(t, v.As(&text))
		s[key] = text
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// dynamic converts c to a value of the schema's type. Arguments that are not in c are null.
func dynamic(t testing.TB, c Config, typ tftypes.Type) *tfprotov6.DynamicValue {
	t.Helper()
	value, err := tfprotov6.NewDynamicValue(typ, build(t, map[string]any(c), typ))
	must(t, err)
	return &value
}

func build(t testing.TB, v any, typ tftypes.Type) tftypes.Value {
	t.Helper()
	switch v := v.(type) {
	case nil:
		return tftypes.NewValue(typ, nil)
	case Config:
		return build(t, map[string]any(v), typ)
	case map[string]any:
		return buildMembers(t, v, typ)
	case []any:
		list, ok := typ.(tftypes.List)
		if !ok {
			t.Fatalf("%v is no list", v)
		}
		elements := make([]tftypes.Value, len(v))
		for i, element := range v {
			elements[i] = build(t, element, list.ElementType)
		}
		return tftypes.NewValue(typ, elements)
	}
	if v == Unknown {
		return tftypes.NewValue(typ, tftypes.UnknownValue)
	}
	encoded, err := json.Marshal(v)
	must(t, err)
	value, err := tfprotov6.RawState{JSON: encoded}.Unmarshal(typ)
	must(t, err)
	return value
}

// Endpoints returns the names of the endpoints in the provider block, in alphabetical order.
func (s *Server) Endpoints(t testing.TB) []string {
	t.Helper()
	return slices.Sorted(maps.Keys(members(t, members(t, s.schema.Provider.ValueType())["endpoints"])))
}

// HasArgument reports whether a data source has an argument or attribute with that name.
func (s *Server) HasArgument(t testing.TB, dataSource, name string) bool {
	t.Helper()
	_, ok := members(t, s.typeOf(t, dataSource))[name]
	return ok
}

func members(t testing.TB, typ tftypes.Type) map[string]tftypes.Type {
	t.Helper()
	object, ok := typ.(tftypes.Object)
	if !ok {
		t.Fatalf("%v is no object", typ)
	}
	return object.AttributeTypes
}

// buildMembers converts v to a map or an object. Attributes of an object that are not in v are null.
func buildMembers(t testing.TB, v map[string]any, typ tftypes.Type) tftypes.Value {
	t.Helper()
	members := map[string]tftypes.Value{}
	switch typ := typ.(type) {
	case tftypes.Map:
		for key, element := range v {
			members[key] = build(t, element, typ.ElementType)
		}
	case tftypes.Object:
		for name, member := range typ.AttributeTypes {
			members[name] = build(t, v[name], member)
		}
		for name := range v {
			if _, ok := members[name]; !ok {
				t.Fatalf("there is no argument %s", name)
			}
		}
	default:
		t.Fatalf("%v is no object", v)
	}
	return tftypes.NewValue(typ, members)
}
