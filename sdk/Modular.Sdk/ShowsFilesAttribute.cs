namespace Modular.Sdk;

/// <summary>
/// The page shows stored files in itself, such as a PDF beside its form: the browser may embed addresses of this practice there, and nowhere else.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ShowsFilesAttribute : Attribute;
