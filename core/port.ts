import type { PortType, PortValueOf } from './values';

/**
 * An input. `takes: 'one'`: a list of n items makes the node run n times. `takes: 'all'`: the node gets the whole list,
 * in the order of its wires. An input that has the name of a param is another way to give that param: the wire wins, and
 * the param is used when there is no wire.
 */
export interface InputSpec<T extends PortType = PortType> {
  type: T;
  label: string;
  takes: 'one' | 'all';
  required: boolean;
}

/** An output: a list of items of one type. */
export interface OutputSpec<T extends PortType = PortType> {
  type: T;
  label: string;
}

export type InputSpecs = Record<string, InputSpec>;
export type OutputSpecs = Record<string, OutputSpec>;

/** What a node's code gets for an input. */
export type InputValue<S extends InputSpec> = S['takes'] extends 'all'
  ? PortValueOf[S['type']][]
  : S['required'] extends true
    ? PortValueOf[S['type']]
    : PortValueOf[S['type']] | undefined;
