using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Data;

/// <summary>Registers each module's DbContext on the scope's connection, schema and data scope.</summary>
public static class ModuleDatabases
{
    private static readonly MethodInfo AddMethod = typeof(ModuleDatabases).GetMethod(nameof(Add), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static void AddModuleDatabases(this IServiceCollection services, InstalledModules modules)
    {
        foreach (var module in modules.WithCore)
        {
            foreach (var type in module.Declared.Databases)
            {
                AddMethod.MakeGenericMethod(type).Invoke(null, [services, module.Manifest.Schema]);
            }
        }
    }

    private static void Add<TDb>(IServiceCollection services, string schema) where TDb : ModuleDb
    {
        services.AddScoped(sp =>
        {
            var work = sp.GetRequiredService<Work>();
            var options = new DbContextOptionsBuilder<TDb>()
                .UseNpgsql(work.Connection)
                .AddInterceptors(sp.GetRequiredService<ConnectionLimitInterceptor>())
                .Options;
            return new ModuleDbContext<TDb>(options, sp.GetRequiredService<DataScope>(), work, schema);
        });
        services.AddScoped<TDb>();
    }
}
