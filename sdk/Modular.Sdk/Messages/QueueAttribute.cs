namespace Modular.Sdk;

/// <summary>Keeps a handler's queue name when its class is renamed: <c>module.handler-name</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueueAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
