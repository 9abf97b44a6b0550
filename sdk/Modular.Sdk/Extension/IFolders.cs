namespace Modular.Sdk;

/// <summary>Folders of the practice on the server's disk, below its data directory: where machines drop what a person would upload.</summary>
public interface IFolders
{
    /// <summary>The whole path of the practice's folder of this name. It may not exist: who needs it makes it.</summary>
    /// <param name="name">Lower-case letters and hyphens: <c>scans</c>.</param>
    string PathOf(string name);
}
