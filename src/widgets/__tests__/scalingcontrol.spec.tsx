// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { act, fireEvent, render, screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import React from 'react';
import type { ScalingRequest } from '../../tokens';
import { type IScalingControlProps, ScalingControl } from '../scalingcontrol';
import { KEYBOARD_REST } from '../slider';
import { Drag, trans } from './dom';

const adaptive: ScalingRequest = { mode: 'adaptive', minimum: 2, maximum: 20 };
const fixed: ScalingRequest = { mode: 'manual', count: 4 };

function control(props: Partial<IScalingControlProps> = {}): JSX.Element {
  return (
    <ScalingControl
      name="mosaic"
      value={adaptive}
      limit={40}
      onChoose={() => undefined}
      trans={trans}
      {...props}
    />
  );
}

const field = (label: string) =>
  screen.getByRole<HTMLInputElement>('textbox', { name: label });
const thumb = (label: string) => screen.getByRole('slider', { name: label });
const MINIMUM = 'Minimum workers of mosaic';
const MAXIMUM = 'Maximum workers of mosaic';

describe('the slider', () => {
  it('sends a drag once, with the value where the thumb was released', () => {
    const onChoose = jest.fn();
    const { container } = render(control({ onChoose }));
    const drag = new Drag(container, 40).press(19).moveTo(25).moveTo(30);
    expect(onChoose).not.toHaveBeenCalled();
    expect(field(MAXIMUM).value).toBe('30');
    drag.release();
    expect(onChoose.mock.calls).toEqual([
      [{ mode: 'adaptive', minimum: 2, maximum: 30 }]
    ]);
  });

  it('sends nothing for a drag that ends where it began', () => {
    const onChoose = jest.fn();
    const { container } = render(control({ onChoose }));
    new Drag(container, 40).press(20).moveTo(25).moveTo(20).release();
    expect(onChoose).not.toHaveBeenCalled();
    expect(field(MAXIMUM).value).toBe('20');
  });

  it('does not move under the hand when news arrives, and follows it afterwards', () => {
    const { container, rerender } = render(control());
    const drag = new Drag(container, 40).press(20).moveTo(30);
    rerender(control({ value: { ...adaptive, maximum: 5 } }));
    expect(thumb(MAXIMUM).getAttribute('aria-valuenow')).toBe('30');
    drag.moveTo(20).release();
    rerender(control({ value: { ...adaptive, maximum: 5 } }));
    expect(thumb(MAXIMUM).getAttribute('aria-valuenow')).toBe('5');
  });

  it('never chooses an adaptive maximum of 0', () => {
    const onChoose = jest.fn();
    const value: ScalingRequest = { mode: 'adaptive', minimum: 0, maximum: 4 };
    const { container } = render(control({ value, onChoose }));
    new Drag(container, 40).press(4).moveTo(0).release();
    expect(onChoose).toHaveBeenCalledWith({
      mode: 'adaptive',
      minimum: 0,
      maximum: 1
    });
  });

  it('has one thumb for a fixed size', () => {
    const onChoose = jest.fn();
    const { container } = render(control({ value: fixed, onChoose }));
    expect(screen.getAllByRole('slider')).toHaveLength(1);
    new Drag(container, 40).press(10).release();
    expect(onChoose.mock.calls).toEqual([[{ mode: 'manual', count: 10 }]]);
  });

  it('ends at the limit where one is known, else at twice the value', () => {
    const { rerender } = render(control());
    expect(thumb(MAXIMUM).getAttribute('aria-valuemax')).toBe('40');
    rerender(control({ limit: null }));
    expect(thumb(MAXIMUM).getAttribute('aria-valuemax')).toBe('40');
    rerender(control({ limit: null, value: { ...adaptive, maximum: 3 } }));
    expect(thumb(MAXIMUM).getAttribute('aria-valuemax')).toBe('10');
  });
});

describe('the keyboard on the slider', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const press = (key: string) => {
    const { activeElement } = document;
    if (activeElement) {
      fireEvent.keyDown(activeElement, { key });
    }
  };

  it('sends the last value once, after a rest', () => {
    const onChoose = jest.fn();
    render(control({ onChoose }));
    act(() => thumb(MAXIMUM).focus());
    press('ArrowRight');
    act(() => void jest.advanceTimersByTime(KEYBOARD_REST - 1));
    press('ArrowRight');
    press('ArrowRight');
    act(() => void jest.advanceTimersByTime(KEYBOARD_REST - 1));
    expect(onChoose).not.toHaveBeenCalled();
    expect(field(MAXIMUM).value).toBe('23');
    act(() => void jest.advanceTimersByTime(1));
    expect(onChoose.mock.calls).toEqual([
      [{ mode: 'adaptive', minimum: 2, maximum: 23 }]
    ]);
  });

  it('sends at once when the focus leaves, and not again', () => {
    const onChoose = jest.fn();
    render(control({ onChoose }));
    act(() => thumb(MINIMUM).focus());
    press('ArrowRight');
    act(() => field(MAXIMUM).focus());
    act(() => void jest.advanceTimersByTime(10 * KEYBOARD_REST));
    expect(onChoose.mock.calls).toEqual([
      [{ mode: 'adaptive', minimum: 3, maximum: 20 }]
    ]);
  });
});

describe('the fields', () => {
  const type = (label: string, text: string) =>
    fireEvent.change(field(label), { target: { value: text } });

  it('send on Enter, once', () => {
    const onChoose = jest.fn();
    render(control({ onChoose }));
    type(MAXIMUM, '12');
    expect(onChoose).not.toHaveBeenCalled();
    fireEvent.keyDown(field(MAXIMUM), { key: 'Enter' });
    fireEvent.blur(field(MAXIMUM));
    expect(onChoose.mock.calls).toEqual([
      [{ mode: 'adaptive', minimum: 2, maximum: 12 }]
    ]);
  });

  it('send when the focus leaves, and only after a change', () => {
    const onChoose = jest.fn();
    render(control({ onChoose }));
    fireEvent.blur(field(MINIMUM));
    expect(onChoose).not.toHaveBeenCalled();
    type(MINIMUM, '3');
    fireEvent.blur(field(MINIMUM));
    expect(onChoose).toHaveBeenCalledTimes(1);
  });

  it.each([
    [MINIMUM, '30', 'The minimum (30) is above the maximum (20)'],
    [MAXIMUM, '0', 'At least 1'],
    [MAXIMUM, '', 'Enter a whole number'],
    [MAXIMUM, '2.5', 'Enter a whole number'],
    [MAXIMUM, '-4', 'Enter a whole number'],
    [MAXIMUM, '10001', 'At most 10,000']
  ])('%s: %p is kept, not sent, and explained', (label, text, message) => {
    const onChoose = jest.fn();
    render(control({ onChoose }));
    type(label, text);
    fireEvent.blur(field(label));
    expect(onChoose).not.toHaveBeenCalled();
    expect(field(label).value).toBe(text);
    expect(field(label).getAttribute('aria-invalid')).toBe('true');
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toBe(message);
    expect(field(label).getAttribute('aria-describedby')).toBe(alert.id);
  });

  it('send both bounds once they fit together', () => {
    const onChoose = jest.fn();
    render(control({ onChoose }));
    type(MINIMUM, '30');
    fireEvent.blur(field(MINIMUM));
    type(MAXIMUM, '35');
    fireEvent.blur(field(MAXIMUM));
    expect(onChoose.mock.calls).toEqual([
      [{ mode: 'adaptive', minimum: 30, maximum: 35 }]
    ]);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('go back on Escape', () => {
    render(control());
    type(MINIMUM, '30');
    fireEvent.keyDown(field(MINIMUM), { key: 'Escape' });
    expect(field(MINIMUM).value).toBe('2');
  });

  it('tell a form with each key whether they are sound', () => {
    const onChoose = jest.fn();
    const onSound = jest.fn();
    render(control({ onChoose, onSound }));
    type(MAXIMUM, '1');
    expect(onSound).toHaveBeenLastCalledWith(false);
    expect(onChoose).not.toHaveBeenCalled();
    type(MAXIMUM, '12');
    expect(onSound).toHaveBeenLastCalledWith(true);
    expect(onChoose).toHaveBeenLastCalledWith({ ...adaptive, maximum: 12 });
  });
});

describe('the mode', () => {
  const pick = (name: string) =>
    fireEvent.click(screen.getByRole('radio', { name }));

  it('keeps the workers there are when the size becomes fixed', () => {
    const onChoose = jest.fn();
    render(control({ onChoose, current: 7 }));
    pick('Fixed size');
    expect(onChoose.mock.calls).toEqual([[{ mode: 'manual', count: 7 }]]);
  });

  it('grows no further than the fixed size when it becomes adaptive', () => {
    const onChoose = jest.fn();
    render(control({ onChoose, value: fixed }));
    pick('Adaptive');
    expect(onChoose.mock.calls).toEqual([
      [{ mode: 'adaptive', minimum: 0, maximum: 4 }]
    ]);
  });

  it('comes back with the bounds it had', () => {
    const onChoose = jest.fn();
    const { rerender } = render(control({ onChoose }));
    rerender(control({ onChoose, value: fixed }));
    pick('Adaptive');
    expect(onChoose).toHaveBeenCalledWith(adaptive);
  });
});

it.each([adaptive, fixed])('is accessible: %p', async value => {
  const { container } = render(control({ value }));
  expect(await axe(container)).toHaveNoViolations();
});
