namespace Modular.Sdk;

/// <summary>A call that pages make by themselves, such as the live stream: it is no sign of a person at the desk and never extends the idle clock.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class BackgroundAttribute : Attribute;
