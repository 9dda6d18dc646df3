// The part of the Chrome DevTools protocol that the stand-in speaks, typed by hand because the published types give
// binary values as base64 text while the CBOR pipe gives them as bytes.
// SPDX-License-Identifier: MIT

export interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
  readonly title: string;
  readonly openerId?: string;
  readonly browserContextId?: string;
}

export interface HeaderEntry {
  readonly name: string;
  readonly value: string;
}

export interface Frame {
  readonly id: string;
  readonly parentId?: string;
  readonly loaderId: string;
  readonly url: string;
}

export interface RequestPaused {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly networkId?: string;
  readonly redirectedRequestId?: string;
  readonly request: {
    readonly url: string;
    readonly urlFragment?: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly postDataEntries?: readonly { readonly bytes?: Uint8Array }[];
    readonly hasPostData?: boolean;
  };
}

export interface RemoteObject {
  readonly type: string;
  readonly value?: unknown;
  readonly description?: string;
}

interface StackTrace {
  readonly callFrames: readonly { readonly url: string; readonly lineNumber: number }[];
}

type Nothing = Readonly<Record<string, never>>;
interface Command<Params, Result = Nothing> {
  readonly params: Params;
  readonly result: Result;
}

type WindowState = 'normal' | 'minimized' | 'maximized' | 'fullscreen';

/** Every command by name. */
export interface Commands {
  'Browser.getVersion': Command<Nothing, { readonly product: string }>;
  'Browser.close': Command<Nothing>;
  'Browser.getWindowForTarget': Command<
    { readonly targetId: string },
    { readonly windowId: number; readonly bounds: WindowBounds }
  >;
  'Browser.setWindowBounds': Command<{ readonly windowId: number; readonly bounds: WindowBounds }>;
  'Browser.setContentsSize': Command<{
    readonly windowId: number;
    readonly width: number;
    readonly height: number;
  }>;
  'Browser.setDownloadBehavior': Command<{
    readonly behavior: 'deny';
    readonly browserContextId: string;
    readonly eventsEnabled: boolean;
  }>;
  'Browser.setPermission': Command<{
    readonly permission: { readonly name: string };
    readonly setting: 'granted' | 'denied';
    readonly origin?: string;
    readonly browserContextId: string;
  }>;
  'Target.createBrowserContext': Command<Nothing, { readonly browserContextId: string }>;
  'Target.disposeBrowserContext': Command<{ readonly browserContextId: string }>;
  'Storage.clearDataForOrigin': Command<{ readonly origin: string; readonly storageTypes: 'all' }>;
  'Target.createTarget': Command<
    {
      readonly url: string;
      readonly width: number;
      readonly height: number;
      readonly left?: number;
      readonly top?: number;
      readonly newWindow: boolean;
      readonly background: boolean;
      readonly browserContextId: string;
    },
    { readonly targetId: string }
  >;
  'Target.closeTarget': Command<{ readonly targetId: string }>;
  'Target.setAutoAttach': Command<{
    readonly autoAttach: boolean;
    readonly waitForDebuggerOnStart: boolean;
    readonly flatten: boolean;
  }>;
  'Target.setDiscoverTargets': Command<{ readonly discover: boolean }>;
  'Target.attachToBrowserTarget': Command<Nothing, { readonly sessionId: string }>;
  'Target.detachFromTarget': Command<{ readonly sessionId: string }>;
  'Page.enable': Command<Nothing>;
  'Page.navigate': Command<
    { readonly url: string },
    { readonly loaderId?: string; readonly errorText?: string }
  >;
  'Page.reload': Command<Nothing>;
  'Page.close': Command<Nothing>;
  'Page.bringToFront': Command<Nothing>;
  'Page.addScriptToEvaluateOnNewDocument': Command<{
    readonly source: string;
    readonly worldName?: string;
  }>;
  'Page.captureScreenshot': Command<
    {
      readonly format: 'png';
      readonly clip?: {
        readonly x: number;
        readonly y: number;
        readonly width: number;
        readonly height: number;
        readonly scale: number;
      };
    },
    { readonly data: Uint8Array }
  >;
  'Page.handleJavaScriptDialog': Command<{ readonly accept: boolean }>;
  'Runtime.enable': Command<Nothing>;
  'Runtime.runIfWaitingForDebugger': Command<Nothing>;
  'Runtime.evaluate': Command<
    { readonly expression: string; readonly contextId?: number; readonly returnByValue?: boolean },
    { readonly result: RemoteObject; readonly exceptionDetails?: { readonly text: string } }
  >;
  'Log.enable': Command<Nothing>;
  'Inspector.enable': Command<Nothing>;
  'Fetch.enable': Command<{ readonly patterns: readonly { readonly urlPattern: string }[] }>;
  'Fetch.fulfillRequest': Command<{
    readonly requestId: string;
    readonly responseCode: number;
    readonly responsePhrase?: string;
    readonly responseHeaders: readonly HeaderEntry[];
    readonly body: Uint8Array;
  }>;
  'Fetch.failRequest': Command<{ readonly requestId: string; readonly errorReason: string }>;
  'Fetch.continueRequest': Command<{ readonly requestId: string }>;
  'Emulation.setEmulatedMedia': Command<{
    readonly features: readonly { readonly name: string; readonly value: string }[];
  }>;
  'Emulation.setFocusEmulationEnabled': Command<{ readonly enabled: boolean }>;
}

export interface WindowBounds {
  readonly left?: number;
  readonly top?: number;
  readonly width?: number;
  readonly height?: number;
  readonly windowState?: WindowState;
}

/** Every event by name. */
export interface Events {
  'Target.attachedToTarget': {
    readonly sessionId: string;
    readonly targetInfo: TargetInfo;
    readonly waitingForDebugger: boolean;
  };
  'Target.detachedFromTarget': { readonly sessionId: string; readonly targetId?: string };
  'Target.targetInfoChanged': { readonly targetInfo: TargetInfo };
  'Target.targetDestroyed': { readonly targetId: string };
  'Browser.downloadWillBegin': {
    readonly frameId: string;
    readonly guid: string;
    readonly url: string;
    readonly suggestedFilename: string;
  };
  'Page.frameNavigated': { readonly frame: Frame };
  'Page.navigatedWithinDocument': { readonly frameId: string; readonly url: string };
  'Page.domContentEventFired': { readonly timestamp: number };
  'Page.loadEventFired': { readonly timestamp: number };
  'Page.windowOpen': {
    readonly url: string;
    readonly windowName: string;
    readonly windowFeatures: readonly string[];
    readonly userGesture: boolean;
  };
  'Page.frameRequestedNavigation': {
    readonly frameId: string;
    readonly url: string;
    readonly disposition: string;
  };
  'Page.javascriptDialogOpening': { readonly type: string; readonly message: string };
  'Runtime.executionContextCreated': {
    readonly context: {
      readonly id: number;
      readonly name: string;
      readonly auxData?: { readonly frameId?: string; readonly isDefault?: boolean };
    };
  };
  'Runtime.executionContextDestroyed': { readonly executionContextId: number };
  'Runtime.executionContextsCleared': Nothing;
  'Runtime.consoleAPICalled': {
    readonly type: string;
    readonly args: readonly RemoteObject[];
    readonly stackTrace?: StackTrace;
  };
  'Runtime.exceptionThrown': {
    readonly exceptionDetails: {
      readonly text: string;
      readonly lineNumber: number;
      readonly url?: string;
      readonly exception?: RemoteObject;
    };
  };
  'Log.entryAdded': {
    readonly entry: {
      readonly level: string;
      readonly text: string;
      readonly url?: string;
      readonly lineNumber?: number;
    };
  };
  'Inspector.targetCrashed': Nothing;
  'Fetch.requestPaused': RequestPaused;
}

export type CommandName = keyof Commands;
export type EventName = keyof Events;
