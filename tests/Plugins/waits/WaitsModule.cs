using Modular.Sdk;

namespace Modular.Plugins.Waits;

/// <summary>A neighbour that can be met in the middle of its start: where a file beside it names a pipe, it reads that to its end first.</summary>
public sealed class WaitsModule : IModule
{
    public void Configure(ModuleBuilder module)
    {
        var note = Path.Combine(Path.GetDirectoryName(typeof(WaitsModule).Assembly.Location)!, "pipe.txt");
        if (File.Exists(note))
        {
            File.ReadAllText(File.ReadAllText(note));
        }
    }
}
