export { installModel, ONNXRUNTIME_VERSION } from './install-model.ts'
export { type InstalledModel, installedModel } from './installed-model.ts'
export { openOnnxProvider } from './onnx-provider.ts'
