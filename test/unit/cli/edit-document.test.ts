import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Provider } from '#core/provider';
import { editDocument, lastPictureNodes, nodesToTake, withTakes } from '../../../cli/edit-document';
import { small, smallNodes, smallProvider } from '../../kit/small-catalogue';

const upscaler: Pick<Provider, 'id' | 'label' | 'models'> = {
  id: 'large',
  label: 'Large',
  models: [{ ...smallProvider.models[0]!, id: 'big', tasks: ['upscale'] }],
};
const known = {
  nodes: smallNodes,
  providers: new Map<string, Pick<Provider, 'id' | 'label' | 'models'>>([
    ['shop', smallProvider],
    ['large', upscaler],
  ]),
  directory: '/here',
};
const chain = () =>
  small(
    [
      ['words', 'words'],
      ['make', 'make'],
      ['change', 'change'],
      ['write', 'write'],
    ],
    ['words.text > make.prompt', 'make.image > change.images', 'change.image > write.image'],
  );
const edit = (set: string[], route?: string) => editDocument(chain(), { set, route }, known);

describe('values set for one run', () => {
  it('are put into a new document, the given one stays', () => {
    const document = chain();
    const edited = editDocument(document, { set: ['make.count=3', 'write.name=a.b=c'] }, known);
    expect(edited.issues).toEqual([]);
    expect(edited.document.nodes['make']?.params['count']).toBe(3);
    expect(edited.document.nodes['write']?.params['name']).toBe('a.b=c');
    expect(document).toEqual(chain());
  });

  it('take the place of a wire, with a warning', () => {
    const { document, issues } = edit(['make.prompt=a fish']);
    expect(issues).toMatchObject([
      { severity: 'warning', code: 'wire-replaced', place: { node: 'make', param: 'prompt' } },
    ]);
    expect(issues[0]?.message).toContain('words.text');
    expect(document.edges.map(({ to }) => to)).toEqual(['change.images', 'write.image']);
  });

  it.each([
    ['make', 'wrong-set', 'NODE.PARAM=VALUE'],
    ['make=3', 'wrong-set', 'NODE.PARAM=VALUE'],
    ['nobody.count=3', 'unknown-node', 'words, make, change, write'],
    ['toString.count=3', 'unknown-node', 'words, make, change, write'],
    ['make.cuont=3', 'unknown-param', 'prompt, size, seed, count'],
    ['make.constructor=3', 'unknown-param', 'prompt, size, seed, count'],
    ['make.count=lots', 'wrong-param', 'a whole number from 1 to 8'],
  ])('%s is refused as %s', (text, code, words) => {
    const { document, issues } = edit([text]);
    expect(issues).toMatchObject([{ code, severity: 'error' }]);
    expect(issues[0]?.message).toContain(words);
    expect(document).toEqual(chain());
  });
});

describe('values set by the words of the form', () => {
  const withForm = (...labels: [param: string, label?: string][]) => ({
    ...chain(),
    exposed: labels.map(([param, label]) => ({ param, ...(label === undefined ? {} : { label }) })),
  });
  const valueOf = (document: ReturnType<typeof chain>, set: string, node = 'write', param = 'name') => {
    const edited = editDocument(document, { set: [set] }, known);
    return edited.issues.length > 0 ? edited.issues : edited.document.nodes[node]?.params[param];
  };

  it('may be empty, where the param may be', () => {
    expect(valueOf(chain(), 'write.name=')).toBe('');
    expect(valueOf(withForm(['write.name', 'File name']), 'File name=')).toBe('');
    expect(valueOf(chain(), 'make.count=')).toMatchObject([{ code: 'wrong-param' }]);
  });

  it('goes to the param of that label, its own where the form has none', () => {
    expect(valueOf(withForm(['make.count', 'How many']), 'How many=3', 'make', 'count')).toBe(3);
    const own = smallNodes.get('make')!.params['count']!.label;
    expect(valueOf(withForm(['make.count']), `${own}=2`, 'make', 'count')).toBe(2);
  });

  it('any label and any value are read back, whatever signs they hold', () => {
    const sign = fc.constantFrom('=', '.', ' ', '"', "'", 'a', 'ä', '\n', '\\');
    const words = fc.array(sign, { maxLength: 6 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(
        words.filter((label) => label !== ''),
        words,
        (label, value) => {
          expect(valueOf(withForm(['write.name', label]), `${label}=${value}`)).toBe(value);
        },
      ),
    );
  });

  it('the longest label counts, and a node comes before a label', () => {
    const both = withForm(['write.name', 'Size'], ['words.lines', 'Size=big']);
    expect(valueOf(both, 'Size=big=3', 'words', 'lines')).toBe('3');
    expect(valueOf(both, 'Size=bigger')).toBe('bigger');
    const asNode = withForm(['words.lines', 'write.name']);
    expect(valueOf(asNode, 'write.name=x')).toBe('x');
  });

  it('a label that two fields have is refused with their names', () => {
    const issues = valueOf(withForm(['write.name', 'Name'], ['words.lines', 'Name']), 'Name=x');
    expect(issues).toMatchObject([{ code: 'ambiguous-label' }]);
    expect(JSON.stringify(issues)).toContain('write.name, words.lines');
  });

  it('one that no field has is refused with those there are', () => {
    const issues = valueOf(withForm(['write.name', 'File name']), 'Filename=x');
    expect(JSON.stringify(issues)).toContain('\\"File name\\"');
  });
});

describe('modes for one run', () => {
  const modes = (mute: string[], bypass: string[]) => editDocument(chain(), { set: [], mute, bypass }, known);

  it('are put into a new document, mute before bypass', () => {
    const { document, issues } = modes(['make'], ['make', 'change']);
    expect(issues).toEqual([]);
    expect([document.nodes['make']?.mode, document.nodes['change']?.mode]).toEqual(['mute', 'bypass']);
  });

  it('name every node that is not there', () => {
    const { document, issues } = modes(['nobody'], ['toString']);
    expect(document).toEqual(chain());
    expect(issues.map(({ code, place }) => [code, place.node])).toEqual([
      ['unknown-node', 'toString'],
      ['unknown-node', 'nobody'],
    ]);
    expect(issues[0]?.message).toContain('words, make, change, write');
    expect(editDocument(chain(), { set: [], from: ['gone'] }, known).issues).toMatchObject([
      { code: 'unknown-node', place: { node: 'gone' } },
    ]);
  });
});

describe('a route for one run', () => {
  it('goes to every node whose kind of task the model does, and to no other', () => {
    const { document, issues } = edit([], 'shop/one');
    expect(issues).toEqual([]);
    const routes = Object.entries(document.nodes).flatMap(([id, { route }]) =>
      route === undefined ? [] : [[id, route]],
    );
    expect(routes).toEqual([
      ['make', 'shop/one'],
      ['change', 'shop/one'],
    ]);
  });

  it.each([
    ['nowhere/one', 'there are shop, large'],
    ['shop/two', 'it has one'],
    ['large/big', 'upscale'],
  ])('%s is refused', (route, words) => {
    const { document, issues } = edit([], route);
    expect(issues).toMatchObject([{ code: 'wrong-route', place: { path: `--route ${route}` } }]);
    expect(issues[0]?.message).toContain(words);
    expect(document).toEqual(chain());
  });
});

describe('a new take', () => {
  it('is of the targets that ask a model, else of every wanted node that does', () => {
    expect(nodesToTake(chain(), undefined, smallNodes)).toEqual(['make', 'change']);
    expect(nodesToTake(chain(), ['change'], smallNodes)).toEqual(['change']);
    expect(nodesToTake(chain(), ['write'], smallNodes).toSorted()).toEqual(['change', 'make']);
    expect(nodesToTake(chain(), ['words'], smallNodes)).toEqual([]);
  });

  it('is of where a run begins, or else of what comes after it', () => {
    expect(nodesToTake(chain(), undefined, smallNodes, ['make'])).toEqual(['make']);
    expect(nodesToTake(chain(), undefined, smallNodes, ['words'])).toEqual(['make', 'change']);
    expect(nodesToTake(chain(), ['change'], smallNodes, ['make'])).toEqual(['change', 'make']);
    expect(nodesToTake(chain(), undefined, smallNodes, ['write'])).toEqual([]);
  });

  it('is never of a muted node, nor of others in its stead', () => {
    const muted = editDocument(chain(), { set: [], mute: ['change'] }, known).document;
    expect(nodesToTake(muted, undefined, smallNodes)).toEqual(['make']);
    expect(nodesToTake(muted, ['change'], smallNodes)).toEqual([]);
    expect(nodesToTake(muted, ['write'], smallNodes)).toEqual([]);
  });

  it('counts on from the take in the file', () => {
    const once = withTakes(chain(), ['make'], 2);
    expect(withTakes(once, ['make', 'change'], 1).nodes).toMatchObject({
      make: { take: 3 },
      change: { take: 1 },
    });
    expect(once.nodes['change']?.take).toBeUndefined();
  });
});

describe('the last pictures', () => {
  it('are those nothing that gives pictures is wired from, among what ran', () => {
    const ran = (...ids: string[]) => lastPictureNodes(chain(), new Set(ids), smallNodes);
    expect(ran('make', 'change', 'write')).toEqual(['write']);
    expect(ran('make', 'change')).toEqual(['change']);
    expect(ran('make')).toEqual(['make']);
    expect(ran()).toEqual([]);
  });

  it('are not those that go on past a bypassed node', () => {
    const passed = editDocument(chain(), { set: [], bypass: ['change'] }, known).document;
    expect(lastPictureNodes(passed, new Set(['make', 'write']), smallNodes)).toEqual(['write']);
  });
});
