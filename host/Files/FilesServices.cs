using Modular.Sdk;

namespace Modular.Host.Files;

public static class FilesServices
{
    public static IServiceCollection AddFiles(this IServiceCollection services) =>
        services.AddScoped<IFiles, Files>().AddScoped<IFolders, Folders>().AddScoped<Pictures>().AddScoped<IPictures>(s => s.GetRequiredService<Pictures>());
}
