/* BodyParts3D, © The Database Center for Life Science; changed. CC BY-SA 4.0 */
(window.mriParts??={})["strain-outlines-3"]={"18":{},"19":{},"20":{},"21":{},"22":{}};
