namespace Modular.Sdk;

/// <summary>A row that belongs to one place; readers without that place never see it.</summary>
public interface IAtLocation
{
    Guid LocationId { get; }
}
