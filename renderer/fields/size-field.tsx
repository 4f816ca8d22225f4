import { ArrowLeftRight, Ban, ChevronDown, Link2, Lock, LockOpen, Send, TriangleAlert } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef, useState, type ReactNode } from 'react';
import { fitSize } from '#core/plan/fit-size';
import { sizeAnswer, sizeFaults, type SizeFault } from '#core/plan/size-answer';
import type { ModelSpec } from '#core/provider';
import { sizeSchema, type Size } from '#core/values';
import { pixels } from '../look/format';
import { words } from '../look/words';
import type { ControlOf } from './field-props';
import { NumberInput } from './number-input';
import {
  aspectLabel,
  aspects,
  nearestPreset,
  presetFor,
  presetSize,
  swapSides,
  tiers,
  withSide,
  type Aspect,
} from './size-presets';
import { answerWords, limitsWords, whyRefused } from './size-words';
import { useSizeRoute } from './use-size-route';

const said = words.fields.size;

const sideRange = { min: 16, max: 16384, step: 16 };
const usualSize: Size = { width: 2048, height: 2048 };

/** Width and height with presets; on a card a button that opens the same. */
export function SizeField(props: ControlOf<'size'>) {
  const read = sizeSchema.safeParse(props.value);
  const size = read.success ? read.data : null;
  if (!props.compact) return <SizeEditor {...props} size={size} />;
  const aspect = size === null ? undefined : aspectLabel(size);
  return (
    <Popover.Root onOpenChange={(open) => (open ? undefined : props.onCommit())}>
      <Popover.Trigger
        id={props.id}
        className="input choice-list nodrag nowheel"
        disabled={props.disabled}
        aria-invalid={props.invalid}
        aria-describedby={props.describedBy}
      >
        {size === null ? (
          <span className="one-line soft">{said.asInput}</span>
        ) : (
          <span className="one-line value">
            {pixels(size)}
            {aspect === undefined ? null : <span className="faint"> {aspect}</span>}
          </span>
        )}
        <ChevronDown className="choice-list-arrow" size={14} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu size-field-popover nowheel" sideOffset={4} collisionPadding={8}>
          <SizeEditor {...props} id={`${props.id}-open`} size={size} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function SizeEditor({
  id,
  label,
  field,
  size,
  disabled,
  invalid,
  describedBy,
  node,
  onChange,
  onCommit,
}: ControlOf<'size'> & { size: Size | null }) {
  const { model, picture } = useSizeRoute(node);
  const [isLocked, setLocked] = useState(false);
  // What the aspect is that of, from the first change until the field is left: typing passes through other sizes.
  const begun = useRef<Size | null>(null);
  const limits = model?.takes.size === false ? undefined : model?.size;
  const near = nearestPreset(size ?? usualSize);
  const step = limits?.multipleOf ?? 1;
  const sides = { ...sideRange, ...(step > 1 ? { min: step, step } : {}) };
  const set = (next: Size | null) => {
    begun.current = null;
    onChange(next);
    onCommit();
  };
  const change = (side: 'width' | 'height') => (value: number) => {
    if (size === null) return;
    begun.current ??= size;
    onChange(isLocked ? withSide(begun.current, side, value, step) : { ...size, [side]: value });
  };
  const leave = () => {
    begun.current = null;
    onCommit();
  };
  const faultsOf = (wanted: Size) => sizeFaults(wanted, limits);
  const answer = answerFor(size, picture, model);
  return (
    <fieldset className="size-field" aria-label={label}>
      <fieldset className="size-field-aspects" aria-label={said.aspect}>
        {aspects.map((aspect) => {
          const preset = presetFor(aspect, near.side, limits);
          const why =
            preset === undefined ? whyNot(faultsOf(presetSize(aspect, near.side)), model) : undefined;
          return (
            <Choice
              key={aspect.label}
              className="size-field-aspect"
              isPressed={size !== null && isOfAspect(size, aspect, preset)}
              disabled={disabled}
              why={why}
              what={preset === undefined ? undefined : pixels(preset)}
              onChoose={() => (preset === undefined ? undefined : set(preset))}
            >
              <AspectSign ratio={aspect.ratio} />
              {aspect.label}
            </Choice>
          );
        })}
      </fieldset>
      <div className="size-field-row">
        <fieldset className="segments" aria-label={said.resolution}>
          {tiers.map((tier) => {
            const preset = presetSize(near.aspect, tier.side);
            const faults = faultsOf(preset);
            return (
              <Choice
                key={tier.label}
                className="segment"
                isPressed={size !== null && isSame(preset, size)}
                disabled={disabled}
                why={faults.length === 0 ? undefined : whyNot(faults, model)}
                what={pixels(preset)}
                onChoose={() => set(preset)}
              >
                {tier.label}
              </Choice>
            );
          })}
        </fieldset>
        {field.optional ? (
          <button
            type="button"
            className="button size-field-as-input"
            data-kind="quiet"
            aria-pressed={size === null}
            aria-label={said.asInput}
            title={size === null ? said.isAsInput : said.makeAsInput}
            disabled={disabled}
            onClick={() => set(size === null ? usualSize : null)}
          >
            <Link2 size={14} aria-hidden="true" />
            {said.asInput}
          </button>
        ) : null}
      </div>
      {size === null ? null : (
        <div className="size-field-sides">
          <NumberInput
            id={id}
            label={said.width}
            value={size.width}
            range={sides}
            disabled={disabled}
            invalid={invalid}
            describedBy={describedBy}
            onChange={change('width')}
            onCommit={leave}
          />
          <button
            type="button"
            className="icon-button"
            data-size="small"
            aria-label={said.lock}
            aria-pressed={isLocked}
            title={said.lock}
            disabled={disabled}
            onClick={() => setLocked(!isLocked)}
          >
            {isLocked ? <Lock size={13} /> : <LockOpen size={13} />}
          </button>
          <NumberInput
            label={said.height}
            value={size.height}
            range={sides}
            disabled={disabled}
            invalid={invalid}
            onChange={change('height')}
            onCommit={leave}
          />
          <button
            type="button"
            className="icon-button"
            data-size="small"
            aria-label={said.swap}
            title={said.swap}
            disabled={disabled}
            onClick={() => set(swapSides(size))}
          >
            <ArrowLeftRight size={13} />
          </button>
        </div>
      )}
      {model === undefined ? null : (
        <div
          className="size-field-answer"
          data-refused={answer?.sends === 'refused'}
          title={limitsWords(model)}
        >
          {answer?.sends === 'refused' ? (
            <TriangleAlert size={13} aria-hidden="true" />
          ) : (
            <Send size={13} aria-hidden="true" />
          )}
          <output>
            {answer === undefined
              ? said.inputUnknown
              : size === null && answer.sends === 'pixels'
                ? said.sendsAsInput(pixels(answer.size))
                : answerWords(answer, model.label)}
            <span className="size-field-limits">{limitsWords(model)}</span>
          </output>
          {answer?.sends === 'refused' && answer.nearest !== undefined ? (
            <SizeMend nearest={answer.nearest} disabled={disabled} onUse={set} />
          ) : null}
        </div>
      )}
    </fieldset>
  );
}

/** `undefined`: the size is that of a picture that is not there yet. */
function answerFor(size: Size | null, picture: Size | undefined, model: ModelSpec | undefined) {
  if (model === undefined) return undefined;
  if (size !== null) return sizeAnswer(size, model);
  return picture === undefined ? undefined : sizeAnswer(fitSize(picture, model.size), model);
}

/** Exactly, or as near as the route comes to it. */
const isOfAspect = ({ width, height }: Size, { ratio: [wide, high] }: Aspect, preset: Size | undefined) =>
  width * high === height * wide ||
  (preset !== undefined && preset.width === width && preset.height === height);
const isSame = (left: Size, right: Size) => left.width === right.width && left.height === right.height;

function whyNot(faults: readonly SizeFault[], model: ModelSpec | undefined): string {
  return said.notMade(model?.label ?? '', whyRefused(faults));
}

/** A choice that says why it cannot be made, also to the keyboard: it is only marked, not taken away. */
function Choice({
  className,
  isPressed,
  disabled,
  why,
  what,
  onChoose,
  children,
}: {
  className: string;
  isPressed: boolean;
  disabled: boolean;
  why: string | undefined;
  what: string | undefined;
  onChoose: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className={className}
      aria-pressed={isPressed}
      aria-disabled={why !== undefined}
      title={why ?? what}
      disabled={disabled}
      onClick={() => (why === undefined ? onChoose() : undefined)}
    >
      {children}
      {why === undefined ? null : <Ban className="size-field-ban" size={9} aria-hidden="true" />}
    </button>
  );
}

/** The nearest size that can be had, one press away. */
function SizeMend({
  nearest,
  disabled,
  onUse,
}: {
  nearest: Size;
  disabled: boolean;
  onUse: (size: Size) => void;
}) {
  return (
    <button type="button" className="button" disabled={disabled} onClick={() => onUse(nearest)}>
      {said.use(pixels(nearest))}
    </button>
  );
}

/** The aspect as a small frame. */
function AspectSign({ ratio: [wide, high] }: { ratio: readonly [number, number] }) {
  const scale = 12 / Math.max(wide, high);
  const [width, height] = [wide * scale, high * scale];
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <rect
        x={7 - width / 2}
        y={7 - height / 2}
        width={width}
        height={height}
        rx="1.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
      />
    </svg>
  );
}
