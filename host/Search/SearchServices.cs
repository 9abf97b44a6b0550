using Modular.Host.Data;

namespace Modular.Host.Search;

public static class SearchServices
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddScoped<GlobalSearch>()
        .AddSingleton<SearchRebuilder>()
        .AddScoped<IRowRecorder, SearchRecorder>()
        .AddScoped<IRowRecorder, TaskRecorder>();
}
