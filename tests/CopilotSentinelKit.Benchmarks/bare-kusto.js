'use strict';

// The yardstick: Kusto.Language and nothing else. First line: { host, tables, functions, queries }; after it, each line analyses all
// queries once more and is answered with the number of diagnostics.
const path = require('path');
const readline = require('readline');

let analyze;

function prepare({ host, tables, functions, queries }) {
  const Kusto = require(path.join(host, 'kusto.js')).load(host);
  const { ColumnSymbol, TableSymbol, FunctionSymbol, Parameter, ParameterSymbol, DatabaseSymbol, ScalarTypes } = Kusto.Symbols;
  const parameter = ([name, type]) => new ParameterSymbol(name, ScalarTypes.GetSymbol(type), null);
  const table = (name, columns) => new TableSymbol.$ctor4(name, columns.flatMap((column, i) =>
    i % 2 === 0 ? [new ColumnSymbol(column, ScalarTypes.GetSymbol(columns[i + 1]), null)] : []));
  const symbols = [
    ...tables.map(([name, columns]) => table(name, columns)),
    ...functions.map(([name, parameters, columns]) =>
      new FunctionSymbol.$ctor5(name, table('', columns), parameters.map(p => Parameter.From(parameter(p), true, null)))),
  ];
  const globals = Kusto.GlobalState.Default.WithDatabase(new DatabaseSymbol.ctor('workspace', symbols));
  const bound = queries.map(query => [query.text, globals.AddParameters(query.parameters.map(parameter))]);
  analyze = () => bound.reduce((count, [text, state]) => count + Kusto.KustoCode.ParseAndAnalyze(text, state).GetDiagnostics().Count, 0);
}

readline.createInterface({ input: process.stdin }).on('line', line => {
  if (analyze) {
    console.log(analyze());
  } else {
    prepare(JSON.parse(line));
    console.log(analyze());
  }
});
