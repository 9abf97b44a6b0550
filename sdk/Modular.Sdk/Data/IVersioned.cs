namespace Modular.Sdk;

/// <summary>An editable row. <see cref="Version"/> starts at 1, grows by one with every save, and is concurrency token, ETag and message version in one.</summary>
public interface IVersioned
{
    Guid Id { get; }
    int Version { get; set; }
}
