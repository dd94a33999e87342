/* BodyParts3D, © The Database Center for Life Science; changed. CC BY-SA 4.0 */
(window.mriParts??={})["strain-outlines-2"]={"12":{},"13":{},"14":{},"15":{},"16":{},"17":{}};
