// screen: one display of fixed size. A headless browser has no other, and of a real one nothing here depends on it.
// SPDX-License-Identifier: MIT

import type { Display, Point } from 'electron';
import { StrictEmitter } from './strict-emitter.ts';

const SIZE = { width: 1920, height: 1080 };

export function displayArea(): { readonly width: number; readonly height: number } {
  return SIZE;
}

type KnownDisplay = Pick<
  Display,
  'id' | 'label' | 'bounds' | 'workArea' | 'size' | 'workAreaSize' | 'scaleFactor' | 'rotation'
>;

function display(): KnownDisplay {
  const bounds = { x: 0, y: 0, ...SIZE };
  return {
    id: 1,
    label: 'stand-in',
    bounds,
    workArea: bounds,
    size: SIZE,
    workAreaSize: SIZE,
    scaleFactor: 1,
    rotation: 0,
  };
}

class Screen extends StrictEmitter {
  constructor() {
    super('screen', ['display-added', 'display-removed', 'display-metrics-changed']);
  }

  getPrimaryDisplay(): KnownDisplay {
    return display();
  }

  getAllDisplays(): KnownDisplay[] {
    return [display()];
  }

  getDisplayNearestPoint(): KnownDisplay {
    return display();
  }

  getDisplayMatching(): KnownDisplay {
    return display();
  }

  getCursorScreenPoint(): Point {
    return { x: SIZE.width / 2, y: SIZE.height / 2 };
  }
}

export const screen = new Screen();
