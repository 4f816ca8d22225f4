import type { SizeAnswer, SizeFault } from '#core/plan/size-answer';
import type { ModelSpec } from '#core/provider';
import { figure, pixels } from '../look/format';
import { words } from '../look/words';

const said = words.fields.size;

/** Of a limit that is not kept, or is there to be kept. */
function faultWords(fault: SizeFault): string {
  switch (fault.limit) {
    case 'min-pixels':
      return said.bounds['min-pixels'](millions(fault.of));
    case 'max-pixels':
      return said.bounds['max-pixels'](millions(fault.of));
    case 'aspects':
      return said.bounds.aspects(fault.of.join(', '));
    default:
      return said.bounds[fault.limit](fault.of);
  }
}

/** "at least 3.7 MP, sides in multiples of 16": why a size is refused. */
export function whyRefused(faults: readonly SizeFault[]): string {
  return faults.map(faultWords).join(', ');
}

/** What a route makes, in one sentence. */
export function limitsWords({
  label,
  takes,
  size = {},
}: Pick<ModelSpec, 'label' | 'takes' | 'size'>): string {
  if (takes.size === false) return said.sendsNothing(label);
  const { minPixels, maxPixels, minSide, maxSide, maxAspect, multipleOf, aspects } = size;
  const bounds: string[] = [];
  if (minPixels !== undefined && maxPixels !== undefined)
    bounds.push(said.between(millions(minPixels), millions(maxPixels)));
  else if (minPixels !== undefined) bounds.push(said.bounds['min-pixels'](millions(minPixels)));
  else if (maxPixels !== undefined) bounds.push(said.bounds['max-pixels'](millions(maxPixels)));
  if (minSide !== undefined) bounds.push(said.bounds['min-side'](minSide));
  if (maxSide !== undefined) bounds.push(said.bounds['max-side'](maxSide));
  if (maxAspect !== undefined) bounds.push(said.bounds['max-aspect'](maxAspect));
  if (multipleOf !== undefined && multipleOf > 1) bounds.push(said.bounds['multiple-of'](multipleOf));
  if (aspects !== undefined) bounds.push(said.bounds.aspects(aspects.join(', ')));
  return bounds.length === 0 ? said.makesAny(label) : said.makes(label, bounds.join(', '));
}

/** What will really be sent, or why nothing is. */
export function answerWords(answer: SizeAnswer, route: string): string {
  switch (answer.sends) {
    case 'pixels':
      return said.sends(pixels(answer.size));
    case 'shape':
      return said.sendsShape(said.shape(answer.aspect, answer.tier), route);
    case 'nothing':
      return said.sendsNothing(route);
    case 'refused':
      return said.notMade(route, whyRefused(answer.faults));
  }
}

function millions(count: number): string {
  return figure(Number((count / 1e6).toFixed(1)));
}
