import { Slider } from 'radix-ui';
import type { ControlOf } from './field-props';
import { NumberInput } from './number-input';
import { fitNumber } from './number-value';

/** A slider with its number beside it, which can be typed. */
export function SliderField({
  id,
  label,
  field,
  value,
  disabled,
  invalid,
  describedBy,
  onChange,
  onCommit,
}: ControlOf<'slider'>) {
  const number = Number(value);
  return (
    <span className="slider-field nodrag nowheel">
      <Slider.Root
        className="slider-field-track"
        min={field.min}
        max={field.max}
        step={field.step}
        value={[number]}
        disabled={disabled}
        onValueChange={([next]) => next !== undefined && onChange(fitNumber(next, field))}
        onValueCommit={onCommit}
      >
        <Slider.Track className="slider-field-rail">
          <Slider.Range className="slider-field-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-field-thumb" aria-label={label} />
      </Slider.Root>
      <NumberInput
        id={id}
        value={number}
        range={field}
        disabled={disabled}
        invalid={invalid}
        describedBy={describedBy}
        onChange={onChange}
        onCommit={onCommit}
      />
    </span>
  );
}
