import { canonicalJson } from '../json';
import type { Difference } from '../plan/cache-key';
import type { Change, StepFacts } from './comparison';
import { shortValue, shortValues } from './short-values';

/** The values at a param or port that only one of the two has, as JSON. */
export function valuesAt(
  left: StepFacts,
  right: StepFacts,
  difference: Difference & { name: string },
): string[] {
  const textsOf = ({ parts }: StepFacts) => {
    const value = (difference.part === 'param' ? parts?.params : parts?.inputs)?.[difference.name];
    return new Set((Array.isArray(value) ? value : [value]).map(canonicalJson));
  };
  const [before, after] = [textsOf(left), textsOf(right)];
  return [
    ...[...after].filter((text) => !before.has(text)),
    ...[...before].filter((text) => !after.has(text)),
  ];
}

/** What a difference of two keys' parts is to a person. */
export function changeOf(left: StepFacts, right: StepFacts, difference: Difference): Change {
  const [before, after] = [left.parts!, right.parts!];
  switch (difference.part) {
    case 'param': {
      const { name } = difference;
      return { kind: 'param', name, ...shortValues(before.params[name], after.params[name]) };
    }
    case 'input': {
      const { name } = difference;
      return { kind: 'input', name, ...shortValues(before.inputs[name], after.inputs[name]) };
    }
    case 'node':
      return before.node === after.node
        ? { kind: 'version', before: String(before.version), after: String(after.version) }
        : { kind: 'type', before: before.node, after: after.node };
    case 'route': {
      const [old, now] = [before.provider, after.provider];
      if (old?.id !== now?.id) return { kind: 'route', before: shortRoute(old), after: shortRoute(now) };
      if (old?.model !== now?.model)
        return { kind: 'model', before: shortRoute(old), after: shortRoute(now) };
      return { kind: 'revision', before: shortValue(old?.revision), after: shortValue(now?.revision) };
    }
    case 'take':
      return { kind: 'take', before: String(before.take), after: String(after.take) };
    case 'files':
      return { kind: 'out-folder' };
  }
}

function shortRoute(provider: { id: string; model: string } | undefined): string {
  return provider === undefined ? 'none' : `${provider.id}/${provider.model}`;
}
