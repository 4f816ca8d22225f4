import { portAddressOf, type Subgraph } from './schema';
import { inputsId } from './subgraph';
import { freeName } from './subgraph-copies';

/**
 * The name a param from inside gets: an input that may give it shares its name, as in any node; any other input must not, for
 * its wire would win over the param.
 */
export function paramName(
  { inputs, edges }: Pick<Subgraph, 'inputs' | 'edges'>,
  param: string,
  taken: readonly string[],
): string {
  const wired = edges.find(({ from, to }) => to === param && portAddressOf(from).node === inputsId);
  const byWire = wired === undefined ? undefined : portAddressOf(wired.from).port;
  if (byWire !== undefined && !taken.includes(byWire)) return byWire;
  const { node, port } = portAddressOf(param);
  const others = [...taken, ...inputs.map((one) => one.name)];
  return others.includes(port) ? freeName(`${node}-${port}`.slice(0, 60), others) : port;
}
