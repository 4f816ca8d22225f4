import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setRoute } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import type { ListedLora, LoraFacts } from '#core/lora/lora';
import { providerInfo } from '#core/provider-info';
import { nodes } from '#nodes/catalogue';
import { providers as catalogue } from '#providers/catalogue';
import {
  answersTo,
  isListed,
  loraGroups,
  loraPlaces,
  withDetails,
  wordsLine,
} from '../../../../renderer/panels/lora-places';

const providers = [...catalogue.values()].map((provider) => providerInfo(provider));

function document(
  routes: Readonly<Record<string, string | undefined>>,
  wires: readonly string[],
): WorkflowDocument {
  let made = createDocument('one', 'One');
  for (const id of ['first', 'second']) made = addNode(made, id, newNode(nodes.get('lora')!), [0, 0]);
  for (const [id, route] of Object.entries(routes)) {
    made = addNode(made, id, newNode(nodes.get('generate')!), [0, 0]);
    if (route !== undefined) made = setRoute(made, id, route);
  }
  for (const wire of wires) {
    const [from = '', to = ''] = wire.split(' > ');
    made = connect(made, { from, to }, { replace: false });
  }
  return made;
}
const places = (made: WorkflowDocument, node = 'first') =>
  loraPlaces(made, nodes, providers, node).map(({ provider, bases }) => [provider.id, [...bases]]);

describe('where the LoRAs of a node are', () => {
  it('is where the models behind its chain run, with what those take', () => {
    const made = document({ a: 'comfyui/sdxl', b: 'comfyui/flux-dev', c: 'comfyui/qwen-image' }, [
      'first.loras > second.loras',
      'second.loras > a.loras',
      'second.loras > b.loras',
    ]);
    expect(places(made)).toEqual([['comfyui', ['sdxl', 'flux-1']]]);
  });

  it('is every place that has a list, while no model behind it runs at one', () => {
    expect(places(document({}, []))).toEqual([['comfyui', []]]);
    expect(places(document({ a: 'sandbox/picture' }, ['first.loras > a.loras']))).toEqual([['comfyui', []]]);
  });
});

const facts = (more: Partial<LoraFacts>): LoraFacts => ({ triggers: [], frequent: [], ...more });
const grain: ListedLora = {
  name: 'film/grain-v2.safetensors',
  facts: facts({ base: 'sdxl', triggers: ['flmgrn'], frequent: [{ word: 'night', count: 3 }] }),
};
const face: ListedLora = { name: 'face.safetensors', facts: facts({ base: 'flux-1' }) };
const bare: ListedLora = { name: 'bare.safetensors' };

describe('the list', () => {
  it('has those that fit first and those for other models last', () => {
    const groups = loraGroups([face, bare, grain], new Set(['sdxl']));
    expect(groups.map(({ heading, fit, loras }) => [heading, fit, loras.map(({ name }) => name)])).toEqual([
      ['Made for Stable Diffusion XL', 'fits', [grain.name]],
      ['Their headers do not say what for', 'unknown', [bare.name]],
      ['Made for other models', 'other', [face.name]],
    ]);
    expect(loraGroups([face, bare], new Set())).toEqual([
      { heading: undefined, fit: 'unknown', loras: [face, bare] },
    ]);
  });

  it.each([
    ['', true],
    ['FLMGRN', true],
    ['film v2', true],
    ['night stable', true],
    ['day', false],
  ])('answers to "%s": %s', (typed, does) => expect(answersTo(grain, typed)).toBe(does));

  it('shows what calls it up, else what it was captioned with', () => {
    expect(wordsLine(grain)).toEqual({ label: 'Trigger words', words: 'flmgrn' });
    expect(wordsLine({ name: 'x', facts: facts({ frequent: [{ word: 'night', count: 3 }] }) })).toEqual({
      label: 'Often captioned',
      words: 'night',
    });
    expect(wordsLine(bare)).toBeUndefined();
  });

  it('keeps what is known where nothing new was read', () => {
    const read = facts({ base: 'sd-1' });
    expect(withDetails([grain, bare], [{ name: grain.name }, { name: bare.name, facts: read }])).toEqual([
      grain,
      { ...bare, facts: read },
    ]);
  });

  it('knows a name that is written by its own part', () => {
    expect(isListed('GRAIN-v2', [grain])).toBe(true);
    expect(isListed('grain', [grain])).toBe(false);
  });
});
