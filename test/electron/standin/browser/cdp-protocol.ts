/**
 * The part of the Chrome DevTools Protocol the stand-in speaks: commands with their parameters and results, and
 * events. https://chromedevtools.github.io/devtools-protocol/tot/
 */

type None = Record<string, never>;
interface Command<Params = None, Result = None> {
  params: Params;
  result: Result;
}

export interface Header {
  name: string;
  value: string;
}

export type ErrorReason = 'Aborted' | 'BlockedByClient' | 'Failed';

export interface Commands {
  'Browser.getVersion': Command<None, { product: string }>;
  'Browser.getWindowForTarget': Command<{ targetId: string }, { windowId: number }>;
  'Browser.setWindowBounds': Command<{ windowId: number; bounds: object }>;
  'Browser.setDownloadBehavior': Command<{ behavior: 'deny'; eventsEnabled: true }>;
  'Browser.setPermission': Command<{ permission: { name: string }; setting: 'granted' | 'denied' }>;
  'Emulation.setDeviceMetricsOverride': Command<{
    width: number;
    height: number;
    deviceScaleFactor: number;
    mobile: boolean;
  }>;
  'Emulation.setEmulatedMedia': Command<{ features: Header[] }>;
  'Fetch.enable': Command<{ patterns: { urlPattern: string }[] }>;
  'Fetch.failRequest': Command<{ requestId: string; errorReason: ErrorReason }>;
  'Fetch.fulfillRequest': Command<{
    requestId: string;
    responseCode: number;
    responseHeaders: Header[];
    body: string;
  }>;
  'Inspector.enable': Command;
  'Page.addScriptToEvaluateOnNewDocument': Command<{ source: string; worldName?: string }>;
  'Page.captureScreenshot': Command<{ format: 'png' }, { data: string }>;
  'Page.crash': Command;
  'Page.enable': Command;
  'Page.navigate': Command<{ url: string }, { errorText?: string; loaderId?: string }>;
  'Page.reload': Command<{ ignoreCache: boolean }>;
  'Runtime.addBinding': Command<{ name: string; executionContextName: string }>;
  'Runtime.callFunctionOn': Command<{
    functionDeclaration: string;
    arguments: { value: string }[];
    executionContextId: number;
  }>;
  'Runtime.enable': Command;
  'Runtime.evaluate': Command<
    { expression: string; awaitPromise: boolean; returnByValue: boolean; userGesture: boolean },
    { result: { value?: unknown }; exceptionDetails?: ExceptionDetails }
  >;
  'Target.activateTarget': Command<{ targetId: string }>;
  'Target.attachToTarget': Command<{ targetId: string; flatten: true }, { sessionId: string }>;
  'Target.closeTarget': Command<{ targetId: string }>;
  'Target.createTarget': Command<
    { url: string; newWindow: boolean; width: number; height: number },
    { targetId: string }
  >;
  'Target.getTargets': Command<None, { targetInfos: TargetInfo[] }>;
  'Target.setDiscoverTargets': Command<{ discover: boolean }>;
}

interface ExceptionDetails {
  text: string;
  exception?: { description?: string };
}

export interface TargetInfo {
  targetId: string;
  type: string;
  url: string;
  openerId?: string;
}

export interface PausedRequest {
  requestId: string;
  request: {
    url: string;
    method: string;
    headers: Record<string, string>;
    postDataEntries?: { bytes?: string }[];
  };
  frameId: string;
  resourceType: string;
  redirectedRequestId?: string;
}

interface ExecutionContext {
  id: number;
  name: string;
  auxData?: { frameId?: string };
}

/** Event name to listener arguments, the shape `EventEmitter` wants. */
export interface Events {
  'Browser.downloadWillBegin': [{ frameId: string; url: string; suggestedFilename: string }];
  'Fetch.requestPaused': [PausedRequest];
  'Inspector.targetCrashed': [None];
  'Page.domContentEventFired': [None];
  'Page.frameAttached': [{ frameId: string }];
  'Page.frameNavigated': [{ frame: { id: string; loaderId: string; url: string; urlFragment?: string } }];
  'Page.frameRequestedNavigation': [
    { frameId: string; url: string; disposition: 'currentTab' | 'newTab' | 'newWindow' | 'download' },
  ];
  'Page.loadEventFired': [None];
  'Page.navigatedWithinDocument': [{ frameId: string; url: string }];
  'Page.windowOpen': [{ url: string; windowName: string; windowFeatures: string[] }];
  'Runtime.bindingCalled': [{ name: string; payload: string; executionContextId: number }];
  'Runtime.executionContextCreated': [{ context: ExecutionContext }];
  'Runtime.executionContextDestroyed': [{ executionContextId: number }];
  'Runtime.executionContextsCleared': [None];
  'Target.targetCreated': [{ targetInfo: TargetInfo }];
  'Target.targetDestroyed': [{ targetId: string }];
}
