/** What is done to a canvas, in Seedloom's window and in the bare page alike. */
export const gestures = [
  'pan, all in sight',
  'pan, with minimap',
  'zoom',
  'pan, close up',
  'drag a card',
  'drag ten cards',
  'type in a field',
] as const;
export type Gesture = (typeof gestures)[number];

/** Runs in the page. One step a frame, as a trackpad, a mouse or a keyboard sends them. Gives the milliseconds between frames. */
export async function doGesture([kind, count]: readonly [Gesture, number]): Promise<number[]> {
  const pane = document.querySelector('.react-flow__pane')!;
  const box = pane.getBoundingClientRect();
  const at = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
  const wheel = (deltaX: number, deltaY: number, ctrlKey: boolean) =>
    pane.dispatchEvent(
      new WheelEvent('wheel', { deltaX, deltaY, ctrlKey, ...at, bubbles: true, cancelable: true }),
    );
  const mouse = (target: EventTarget, type: string, [clientX, clientY]: [number, number], ctrlKey = false) =>
    target.dispatchEvent(
      new MouseEvent(type, { clientX, clientY, ctrlKey, view: window, bubbles: true, cancelable: true }),
    );
  const frame = () => new Promise<number>((done) => requestAnimationFrame(() => done(performance.now())));
  const zoom = () =>
    new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')!).transform).a;
  const wanted =
    kind === 'pan, close up' || kind === 'type in a field' ? 0.9 : kind.startsWith('drag') ? 0.5 : 0;
  for (let tries = 0; tries < 200 && zoom() < wanted; tries += 1) {
    wheel(0, -10, true);
    await frame();
  }
  if (kind === 'pan, with minimap')
    (document.querySelector<HTMLElement>('button[aria-label="Minimap"]') ?? document.body).click();
  for (let settle = 0; settle < 10; settle += 1) await frame();

  /** Cards whose head is well inside the canvas, from its middle outwards, and the point they are held at. */
  const cards = [...document.querySelectorAll<HTMLElement>('.react-flow__node')]
    .map((card) => ({ card, place: card.getBoundingClientRect() }))
    .filter(
      ({ card, place }) =>
        !card.className.includes('frame') &&
        place.left > box.left + 100 &&
        place.right < box.right - 100 &&
        place.top > box.top + 100 &&
        place.bottom < box.bottom - 100,
    )
    .map(({ card, place }) => {
      const grip: [number, number] = [place.left + place.width / 3, place.top + 6];
      return { card, grip, away: Math.hypot(grip[0] - at.clientX, grip[1] - at.clientY) };
    })
    .sort((left, right) => left.away - right.away);
  const held = cards.slice(0, kind === 'drag ten cards' ? 10 : 1);
  const [first] = held;
  const isDrag = kind === 'drag a card' || kind === 'drag ten cards';
  if (isDrag && first !== undefined) {
    for (const { card, grip } of held.length === 1 ? [] : held)
      for (const type of ['mousedown', 'mouseup', 'click']) mouse(card, type, grip, true);
    await frame();
    mouse(first.card.querySelector('.card-head') ?? first.card, 'mousedown', first.grip);
    await frame();
  }
  const field =
    [...document.querySelectorAll<HTMLTextAreaElement>('.react-flow__node textarea')].find((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return left > box.left && right < box.right && top > box.top && bottom < box.bottom;
    }) ?? document.querySelector('textarea');
  if (kind === 'type in a field') field?.focus();

  const step = (index: number) => {
    const back = Math.floor(index / 30) % 2 === 1 ? -1 : 1;
    const far = index % 60 < 30 ? index % 30 : 30 - (index % 30);
    if (kind === 'type in a field') document.execCommand('insertText', false, 'a');
    else if (isDrag && first !== undefined)
      mouse(window, 'mousemove', [first.grip[0] + 5 + 3 * far, first.grip[1] + 5 + 2 * far]);
    else if (kind === 'zoom') wheel(0, -3 * back, true);
    else wheel(30 * back, 18 * back, false);
  };
  const gaps: number[] = [];
  let before = await frame();
  for (let index = 0; index < count; index += 1) {
    step(index);
    const now = await frame();
    gaps.push(now - before);
    before = now;
  }
  if (isDrag && first !== undefined) mouse(window, 'mouseup', first.grip);
  if (kind === 'pan, with minimap')
    (document.querySelector<HTMLElement>('button[aria-label="Minimap"]') ?? document.body).click();
  return gaps;
}
