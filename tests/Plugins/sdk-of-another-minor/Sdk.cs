namespace Modular.Sdk;

/// <summary>
/// What other versions of one major look like to a module: this SDK has less than the real one, as 1.0 has less than 1.1, and one member more,
/// as 1.2 has. Modules are compiled against it, and run on the real one.
/// </summary>
public interface IModule
{
    void Configure(ModuleBuilder module);
}

public sealed class ModuleBuilder
{
    public ModuleBuilder Permission(string id, string title, params string[] presets) => this;

    /// <summary>The real SDK has no such member.</summary>
    public ModuleBuilder Reminder(string id, TimeSpan before) => this;
}
